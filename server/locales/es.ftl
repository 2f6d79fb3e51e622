### Hemicycle, español. Los identificadores y las variables son los de en.ftl.

## Idiomas, cada uno en sus propias palabras

language-en = English
language-fr = Français
language-es = Español
language-ar = العربية
language-label = Idioma

## Opciones

choice-yes = A favor
choice-no = En contra
choice-abstain = Abstención
choice-none = No votó
choice-absent = Ausente
choice-suspended = Derecho de voto suspendido
choice-present = Presente
choice-pass = Paso

count-yes = A favor
count-no = En contra
count-abstain = { $n ->
    [one] Abstención
   *[other] Abstenciones
}
count-none = No votaron
count-absent = Ausentes
count-suspended = Derecho suspendido
count-invalid = Nulos
count-entitled = Con derecho de voto
count-present = Presentes
count-voted = Han votado
count-members = Miembros
count-spoken = { $label }: { NUMBER($n) }

## Fases

phase-draft = Borrador
phase-prepared = Preparada
phase-announced = Anunciada
phase-open = Abierta
phase-suspended = Interrumpida
phase-closed = Cerrada
phase-declared = Proclamada
phase-certified = Certificada
phase-published = Publicada
phase-cancelled = Cancelada
phase-void = Nula
phase-in-doubt = En duda

## Lo que se dice en la sala

said-announced = La votación va a comenzar
said-open = La votación está abierta
said-last-call = ¿Han votado todos los Miembros?
said-closing = La votación está a punto de cerrarse
said-suspended = Votación interrumpida
said-resumed = La votación está abierta de nuevo
said-extended = { $seconds ->
    [one] La votación sigue abierta { NUMBER($seconds) } segundo más
   *[other] La votación sigue abierta { NUMBER($seconds) } segundos más
}
said-time-out = A la espera de la Presidencia
said-closed = La votación está cerrada
said-cancelled = La votación queda cancelada. Ningún voto cuenta.
said-void = La votación es nula
said-votes-kept = Los votos se conservan
said-in-doubt = Se está comprobando la votación. Espere, por favor.
said-consensus = Aprobado sin votación
said-no-vote = No hay ninguna votación en curso

## Cómo se vota

kind-motion = Moción
kind-election = Elección
kind-attendance = Comprobación del quórum
kind-test = Votación de prueba
kind-poll = Sondeo informal
mode-recorded = Votación registrada
mode-consensus = Sin votación
mode-non-recorded = Votación no registrada
mode-secret = Votación secreta
mode-hands = Votación a mano alzada
mode-roll-call = Votación nominal
mode-paper = Votación con papeletas
disclosure-none = Solo que hay una votación
disclosure-turnout = Participación, sin recuento
disclosure-counts = Recuento, sin nombres
disclosure-individual = Recuento y nombres

## Palabras comunes a todas las pantallas

hall-item = Punto { $number }
hall-sitting = Sesión { $number }
hall-document = Documento { $symbol }
hall-presiding = Presidencia: { $name }
hall-seat = Asiento { $seat }
hall-ballot = Votación { $number }
hall-quorum = Quórum
hall-quorum-met = Hay quórum: { NUMBER($present) } de { NUMBER($needed) } necesarios
hall-quorum-missed = No hay quórum: { NUMBER($present) } de { NUMBER($needed) } necesarios
hall-turnout = { NUMBER($voted) } de { NUMBER($entitled) }
hall-turnout-spoken = { $voted ->
    [one] Ha votado { NUMBER($voted) } Miembro de { NUMBER($entitled) }
   *[other] Han votado { NUMBER($voted) } Miembros de { NUMBER($entitled) }
}
hall-seconds-left = { $seconds ->
    [one] Queda { NUMBER($seconds) } segundo
   *[other] Quedan { NUMBER($seconds) } segundos
}
hall-time = { $time } ({ $zone })
hall-test = PRUEBA
hall-rehearsal = ENSAYO
hall-live = EN DIRECTO
hall-not-live = SIN SEÑAL EN DIRECTO
hall-tellers = Escrutadores
hall-explanations = Explicaciones de voto
hall-close = Cerrar
hall-back = Volver
hall-yes = Sí
hall-cancel = Cancelar
hall-wait = Espere, por favor

## La página que comprueba una papeleta abierta por un puesto

check-title = Comprobar una papeleta
check-intro = Un puesto de votación abrió una papeleta en lugar de emitirla, para mostrar que sella lo que se elige. Esta página vuelve a hacer esa papeleta con lo que el puesto reveló, y compara. Nada de ello sale de este dispositivo.
check-field = La dirección del código del puesto, o el texto copiado
check-file = O un archivo con el texto
check-do = Comprobar
check-working = Se está volviendo a hacer la papeleta…
check-holds = El voto sellado con esta huella contiene
check-wrong = FALSO: la papeleta no contiene lo que dice el puesto
check-wrong-fingerprint = Lo que el puesto reveló da otro voto sellado que aquel cuya huella mostró.
check-wrong-next = Guarde este texto, no vote en ese puesto y avise a los escrutadores.
check-said = El puesto dice que contiene
check-question = Pregunta
check-fingerprint-told = Huella del voto sellado, según el puesto
check-fingerprint-made = Huella de lo que se reveló
check-compare = Compare con sus propios ojos
check-compare-fingerprint = La huella del voto sellado: ¿es la que mostró el puesto antes de que usted hiciera abrir la papeleta?
check-compare-election = La huella de la elección: ¿es la publicada?
check-compare-scrutineers = La clave de los escrutadores: ¿es la que anuncian los escrutadores?
check-compare-key = La clave del puesto: ¿está en la parte superior de la pantalla del puesto?
check-compare-archive = Una papeleta abierta nunca se firma ni se emite. Tras el cierre, ninguna papeleta con su huella debe estar en el archivo de la elección.
check-archive = Archivo de la elección (fichero .bel)
check-archive-absent = La papeleta abierta no está en este archivo: bien.
check-archive-present = FALSO: la papeleta abierta está en este archivo. Avise a los escrutadores.
check-archive-other = Este es el archivo de otra elección.
check-archive-none = Este fichero no es el archivo de una elección.
check-fault = No se puede comprobar
check-fault-nothing = No hay texto. Escanee el código del puesto o pegue el texto copiado.
check-fault-unreadable = Esto no es ni la dirección del código de un puesto ni el texto copiado. Escanéelo o cópielo de nuevo.
check-fault-cut-off = El texto está cortado. Cópielo de nuevo entero.
check-fault-field = Lo que figura en { $place } no es lo que revela un puesto. Escanéelo o cópielo de nuevo.
check-fault-unpassed = Un puesto cuyo texto no se puede comprobar no ha superado la comprobación.

## Conexión

connection-connecting = Conectando…
connection-online = Conectado
connection-lost = Sin conexión
connection-replaced = En uso en otro dispositivo
connection-stopped = Detenido

## Puesto de votación

kiosk-title = Puesto de votación
kiosk-pair-title = Conectar este puesto
kiosk-pair-hint = Escanee el código que le da el operador o escriba el código del asiento.
kiosk-pair-field = Código del asiento
kiosk-pair-submit = Conectar
kiosk-pair-failed = Este código no es válido. Pida otro al operador.
kiosk-card-make = Crear una tarjeta con la clave de este puesto
kiosk-card-working = Creando la tarjeta…
kiosk-card-title = Tarjeta con la clave de este puesto
kiosk-card-hint = Si este dispositivo falla, otro en este puesto toma la clave de esta tarjeta y vota en la votación secreta en curso. La tarjeta y el PIN juntos pueden votar por usted: guárdelos por separado.
kiosk-card-code = Código de la tarjeta
kiosk-card-text = Texto de la tarjeta
kiosk-card-pin = PIN de la tarjeta
kiosk-card-pin-hint = Anótelo en otro lugar. Se muestra una sola vez y no se imprime.
kiosk-card-print = Imprimir la tarjeta
kiosk-card-done = Ocultar la tarjeta
kiosk-card-failed = Este dispositivo no puede hacerlo. Llame al operador.
kiosk-card-take-title = Con la tarjeta de su delegación este dispositivo puede votar
kiosk-card-take-hint = Para esta votación está acreditada la clave de otro dispositivo. Escanee o escriba el texto de la tarjeta y después su PIN.
kiosk-card-take = Tomar la clave
kiosk-card-taking = Abriendo la tarjeta…
kiosk-card-fault-no-card = No es el texto completo de una tarjeta. Compruébelo.
kiosk-card-fault-other-seat = Esta tarjeta pertenece a otro puesto.
kiosk-card-fault-wrong-pin = El PIN es incorrecto.
kiosk-card-fault-other-key = La clave de esta tarjeta no es la acreditada para esta votación.
kiosk-card-wait = { $n ->
    [one] Inténtelo de nuevo en { NUMBER($n) } segundo
   *[other] Inténtelo de nuevo en { NUMBER($n) } segundos
}
kiosk-no-vote = No hay ninguna votación en curso
kiosk-next-item = La asamblea examina
kiosk-votes-for = También vota por: { $names }
kiosk-voted-for-by = { $name } vota por usted, salvo que usted vote
kiosk-votes-by = Vota ahora: { $name }
kiosk-votes-by-nobody = No se ha designado quién vota
kiosk-hand-over = Traspasar el voto
kiosk-hand-over-title = ¿Quién vota a partir de ahora?
kiosk-hand-over-hint = El voto ya emitido se mantiene como está.
kiosk-hand-over-confirm = { $name } vota a partir de ahora
kiosk-hand-over-failed = La sala no lo ha aceptado. Vuelva a intentarlo o llame al operador.
kiosk-hand-over-now = vota ahora
kiosk-announced = La votación aún no está abierta
kiosk-open = La votación está abierta
kiosk-choose = Toque su opción
kiosk-sending = Enviando…
kiosk-secret-checking = Se está comprobando su voto sellado…
kiosk-secret-recorded = Registrado. Su voto es secreto.
kiosk-unlinked-recorded = Usted votó. No se registra quién votó qué.
kiosk-recorded = Su voto ha quedado registrado
kiosk-recorded-choice = Registrado: { $choice }
kiosk-code = Código del recibo
kiosk-receipt = Recibo firmado
kiosk-receipt-hint = La sala firmó que tiene su voto sellado, no qué votó usted. Escanéelo o cópielo: si el voto faltara en el archivo, prueba que la sala lo perdió.
kiosk-receipt-code = Código del recibo firmado
kiosk-key = Clave del puesto
kiosk-scrutineers-key = Clave de los escrutadores
kiosk-tracker = Código de seguimiento
kiosk-sealed-fingerprint = Huella del voto sellado
kiosk-change-to = Cambiar a
kiosk-change-hint = Puede cambiarlo hasta que se cierre la votación
kiosk-final = Este voto no puede cambiarse
kiosk-last-call = La votación está a punto de cerrarse
kiosk-not-voted-yet = Usted no ha votado
kiosk-suspended = Votación interrumpida
kiosk-suspended-kept = Su voto se conserva
kiosk-time-out = A la espera de la Presidencia
kiosk-closed = La votación está cerrada
kiosk-your-vote = Su voto: { $choice }
kiosk-did-not-vote = Usted no votó
kiosk-too-late = Demasiado tarde: no se ha contado
kiosk-press-again = La votación ha cambiado. Toque de nuevo su opción.
kiosk-cancelled = La votación queda cancelada. Ningún voto cuenta.
kiosk-void = La votación es nula. Su voto no cuenta.
kiosk-in-doubt = Se está comprobando la votación. Espere a la Presidencia, por favor.
kiosk-right-suspended = Su derecho de voto está suspendido
kiosk-not-on-roll = Usted no figura en la lista de esta votación
kiosk-call-operator = Llame al operador: toque Asistencia
kiosk-not-connected = Sin conexión
kiosk-not-connected-hint = Nada de lo que toque ahora se envía. El puesto se conecta de nuevo por sí solo.
kiosk-not-trusted = El certificado de la sala no es de confianza
kiosk-not-trusted-hint = Este puesto no sabe quién lo emitió, así que no se envía nada. Llame al operador.
kiosk-not-sent = No enviado. Toque de nuevo su opción cuando el puesto esté conectado.
kiosk-not-sealed = No se pudo sellar su voto, así que no se envió nada. Toque de nuevo su opción; si el problema sigue, llame al operador.
kiosk-not-opened = Este puesto no abrió la papeleta, como debe. No se emitió nada. No vote en este puesto: llame al operador.
kiosk-other-ballot = El recibo de la sala nombra otro voto sellado que el de este puesto. No dé su voto por registrado: avise al operador y a los escrutadores.
kiosk-other-election = La sala ha cambiado la clave para la que se sella esta papeleta, o su pregunta. No se envió nada: avise al operador y a los escrutadores.
kiosk-check-seat = Comprobar este puesto
kiosk-check-on = Está comprobando este puesto. No se emite nada hasta que usted lo diga.
kiosk-check-end = Dejar de comprobar
kiosk-check-review = Revise su voto antes de sellarlo
kiosk-check-seal = Sellar sin emitir todavía
kiosk-check-sealing = Sellando…
kiosk-check-shown = Sellado, pero aún no emitido
kiosk-check-shown-hint = Anote la huella. Después decida: hasta ahora este puesto no podía saber qué haría usted.
kiosk-check-chosen = Usted eligió:
kiosk-check-cast = Emitir este voto
kiosk-check-open = Abrirlo para comprobar
kiosk-check-opening = Abriendo…
kiosk-check-opened = Abierta: esta papeleta queda inutilizada y no se emitió
kiosk-check-must-hold = La comprobación debe encontrar:
kiosk-check-opened-hint = Escanee el código con un dispositivo propio y compare la huella con la que anotó. Después, vote.
kiosk-check-code = Código con todo lo que entró en esta papeleta
kiosk-check-no-code = No se puede hacer un código de ello: copie el texto.
kiosk-check-text = Todo lo que entró en esta papeleta
kiosk-check-copy = Copiar el texto
kiosk-check-copied = Copiado
kiosk-check-vote = Votar ahora
kiosk-check-earlier = El voto que emitió antes sigue contando
kiosk-no-answer = No se sabe si su voto ha quedado registrado. Toque de nuevo su opción.
kiosk-replaced = Este asiento se usa ahora en otro dispositivo
kiosk-replaced-hint = Si no ha sido usted, llame al operador.
kiosk-use-here = Usar este dispositivo
kiosk-revoked = Este dispositivo ya no puede votar. Llame al operador.
kiosk-protocol = Esta pantalla no está actualizada. Vuelva a cargarla o llame al operador.
kiosk-reload = Volver a cargar
kiosk-assistance = Asistencia
kiosk-assistance-called = La asistencia está en camino
kiosk-assistance-cancel = Ya no hace falta
kiosk-point-of-order = Cuestión de orden
kiosk-point-of-order-raised = Cuestión de orden: se ha avisado a la Presidencia
kiosk-point-of-order-withdraw = Retirar
kiosk-text-size = Tamaño del texto
kiosk-text-size-value = { $size ->
    [1] Normal
    [2] Grande
    [3] Más grande
   *[4] Muy grande
}
kiosk-result = Resultado
kiosk-choices-label = Opciones
kiosk-lamp-label = { $lit ->
    [yes] { $choice }, registrado
   *[no] { $choice }
}

## Tableta: votación de prueba, comprobación del quórum y lo que se responde en la sala

kiosk-test-press = Toque: { $choice }
kiosk-test-recorded = PRUEBA: su pulsación ha llegado
kiosk-test-right = Este es el botón que se pidió
kiosk-test-wrong = Se pidió otro botón: { $choice }
kiosk-test-yours = PRUEBA: usted tocó { $choice }
kiosk-test-missed = PRUEBA: no llegó nada de este asiento
kiosk-test-hint = Esto es una prueba. No se decide nada.
kiosk-poll-hint = Esto es un sondeo informal. No se decide nada.
kiosk-present = Presente
kiosk-presence-ask = Se está comprobando el quórum
kiosk-presence-touch = Toque «Presente»
kiosk-presence-recorded = Su presencia ha quedado registrada
kiosk-presence-missed = Su presencia no quedó registrada
kiosk-hands = Vote levantando la mano
kiosk-hands-hint = Los escrutadores cuentan las manos. No hay nada que tocar en el asiento.
kiosk-paper = Vote en su papeleta
kiosk-paper-hint = Los escrutadores recogen y cuentan las papeletas. No hay nada que tocar en el asiento.
kiosk-roll-call = Responda en voz alta cuando le llamen
kiosk-roll-call-hint = A favor, en contra, abstención o paso. No hay nada que tocar en el asiento.
kiosk-consensus = La Presidencia propone aprobarlo sin votación
kiosk-consensus-hint = Quien tenga objeciones lo dice en la sala. No hay nada que tocar en el asiento.
kiosk-called-now = Le llaman a usted: responda en voz alta
kiosk-called-next = Usted es el siguiente
kiosk-called-passed = Usted pasó: se le llamará de nuevo
kiosk-calling = Se llama a: { $member }
kiosk-second-call = Segundo llamamiento
kiosk-answered = { $n ->
    [one] Ha respondido { NUMBER($n) } Miembro
   *[other] Han respondido { NUMBER($n) } Miembros
}

## Tableta: la papeleta de una elección

kiosk-round = Vuelta { NUMBER($n) }
kiosk-tie-ballot = Votación de desempate
kiosk-places = { $places ->
    [one] { NUMBER($places) } puesto por cubrir
   *[other] { NUMBER($places) } puestos por cubrir
}
kiosk-names-most = { $most ->
    [one] Elija { NUMBER($most) } nombre
   *[other] Elija hasta { NUMBER($most) } nombres
}
kiosk-names-chosen = { NUMBER($chosen) } de { NUMBER($most) } elegidos
kiosk-names-full = Ya hay { NUMBER($most) } nombres elegidos. Quite uno antes.
kiosk-names-below = Más nombres abajo
kiosk-names-above = Más nombres arriba
kiosk-candidates = Candidatos
kiosk-review = Revisar
kiosk-review-title = Revise su voto antes de emitirlo
kiosk-cast = Votar
kiosk-back-to-names = Volver a los nombres
kiosk-blank = Voto en blanco
kiosk-blank-hint = Un voto en blanco no nombra a nadie
kiosk-change-vote = Cambiar mi voto
kiosk-keep-vote = Mantener mi voto
kiosk-bad-names = Su voto no se ha contado: no se ajusta a esta votación. Elija de nuevo entre los nombres que se muestran.
kiosk-number-typed = Número: { $typed }
kiosk-keys-choose = Número: elegir · Intro: revisar · B: voto en blanco
kiosk-keys-review = Intro: votar · Esc: volver
kiosk-keys-pages = Re Pág, Av Pág: página { NUMBER($page) } de { NUMBER($pages) }

## Rechazos

refused-unknown-ballot = Esta votación ya no está en curso. Espere la siguiente.
refused-not-open = La votación no está abierta. Su pulsación no se ha contado.
refused-closed = Demasiado tarde: no se ha contado
refused-not-on-roll = Usted no figura en la lista de esta votación. Llame al operador, por favor.
refused-not-accredited = Su puesto no está acreditado para esta votación secreta. Llame al operador, por favor.
refused-suspended-right = Su derecho de voto está suspendido. Llame al operador, por favor.
refused-not-revocable = Este voto no puede cambiarse. Se mantiene su primera opción.
refused-bad-choice = Esta opción no se ofrece en esta votación. Toque una de las que se muestran.
refused-bad-proof = Su voto no pudo comprobarse y no se ha contado. Vote de nuevo, por favor.
refused-press-id-reused = Su pulsación no se ha contado. Toque de nuevo su opción, por favor.
refused-replaced = Este asiento se usa ahora en otro dispositivo. Vote en él o llame al operador.
refused-rate-limited = Demasiadas pulsaciones. Espere un momento y toque de nuevo su opción.
refused-unavailable = No se sabe si su voto quedó guardado. El puesto lo envía de nuevo por sí solo.

## Pantalla de la sala

display-title = Pantalla de la sala
display-idle = { $item ->
    [none] La asamblea comenzará en breve
   *[other] Punto { $item }
}
display-agenda = Orden del día
display-presence = Miembros presentes
display-presence-count = { NUMBER($present) } de { NUMBER($members) } Miembros presentes
display-announced = La votación va a comenzar
display-open = La votación está abierta
display-last-call = ¿Han votado todos los Miembros?
display-voted = han votado
display-voted-of = de { NUMBER($entitled) } con derecho de voto
display-suspended = Votación interrumpida
display-suspended-kept = Los votos se conservan
display-time-out = A la espera de la Presidencia
display-closed = La votación está cerrada
display-opening = Los escrutadores abren el recuento
display-awaiting = A la espera de la Presidencia
display-recording = Se está registrando la votación
display-in-doubt = Se está comprobando la votación
display-cancelled = La votación queda cancelada
display-void = La votación es nula
display-consensus = Aprobado sin votación
display-counts-withheld = El recuento se mostrará tras la proclamación
display-result = Resultado
display-board = Votos de los Miembros
display-board-page = Página { NUMBER($page) } de { NUMBER($pages) }
display-not-live = SIN SEÑAL EN DIRECTO
display-not-live-hint = Esta pantalla muestra un estado anterior
display-test = PRUEBA: esta votación no cuenta
display-rehearsal = ENSAYO
display-blank = Pantalla vacía
display-round = Vuelta { NUMBER($round) }
display-tie-ballot = Votación de desempate
display-places = { $places ->
    [one] { NUMBER($places) } puesto por cubrir
   *[other] { NUMBER($places) } puestos por cubrir
}
display-names-per-ballot = { $names ->
    [one] Elija { NUMBER($names) } nombre
   *[other] Elija hasta { NUMBER($names) } nombres
}
display-candidates = Candidatos en el orden de la papeleta
display-elected = Elegido/a
display-stays = Sigue en la próxima vuelta
display-leaves = No sigue en la próxima vuelta
display-elected-so-far = Elegidos hasta ahora: { $names }
display-next-round = En la próxima vuelta: { $names }
display-blank-papers = { $n ->
    [one] Voto en blanco: { NUMBER($n) }
   *[other] Votos en blanco: { NUMBER($n) }
}
display-called = Se llama a
display-called-again = Segunda llamada
display-called-next = A continuación: { $names }
display-called-all = Se ha llamado a todos los Miembros
display-called-passed = Pasaron y serán llamados de nuevo: { NUMBER($n) }
display-answered = { $answered ->
    [one] { NUMBER($answered) } de { NUMBER($entitled) } Miembros ha respondido
   *[other] { NUMBER($answered) } de { NUMBER($entitled) } Miembros han respondido
}
display-hands = Los escrutadores cuentan las manos alzadas
display-paper = Los escrutadores recogen y cuentan las papeletas
display-tellers-wait = Los números se muestran una vez confirmados
display-test-word = PRUEBA
display-test-press = Votación de prueba: toque
display-test-closed = La votación de prueba ha terminado
display-attendance-press = Toque «Presente»
display-attendance-open = Se está comprobando el quórum
display-attendance-closed = La comprobación del quórum está cerrada
display-poll-note = Sondeo informal: no se decide nada
display-sound-off = Sin sonido – toque para activarlo
display-pair-title = Pantalla de la sala
display-pair-hint = Abra esta pantalla desde la consola.
display-scene-label = Pantalla de la sala: { $scene }

## Vistas de la pantalla de la sala

scene-auto = Seguir la votación
scene-idle = Punto
scene-agenda = Orden del día
scene-presence = Presencia
scene-question = Pregunta
scene-voting = Votación
scene-closed = Votación cerrada
scene-result = Resultado
scene-board = Tablero de los Miembros
scene-hemicycle = Hemiciclo
scene-message = Mensaje
scene-interrupted = Votación interrumpida
scene-blank = Pantalla vacía

## Órdenes

command-create = Nueva moción
command-update = Guardar los cambios
command-announce = Anunciar
command-open = Abrir la votación
command-suspend = Interrumpir
command-resume = Reanudar
command-extend = 30 segundos más
command-last-call = Último aviso
command-close = Cerrar la votación
command-declare = Proclamar el resultado
command-certify = Certificar
command-publish = Publicar
command-cancel = Cancelar la votación
command-void = Declarar nula la votación
command-second-vote = Nueva votación sobre la propuesta
command-next-round = Siguiente vuelta
command-tie-ballot = Votación de desempate
command-lots = Introducir el sorteo
command-ask-chair = Introducir la decisión de la Presidencia
command-call = Introducir la respuesta
command-second-call = Segundo llamamiento
command-rerun = Repetir la votación
command-hands = Introducir una votación a mano alzada
command-paper = Introducir el recuento de las papeletas
command-correct = Anotar una corrección
command-consensus = Aprobar sin votación
command-recover = Resolver la votación en duda
command-next-item = Punto siguiente
command-explanations = Explicaciones de voto

## Confirmaciones

confirm-announce = ¿Fijar la lista de votantes y anunciar esta votación a la sala?
confirm-open = Mantenga pulsado un segundo para abrir la votación
confirm-suspend = ¿Interrumpir la votación? Los votos se conservan.
confirm-resume = ¿Abrir de nuevo la votación?
confirm-extend = { $seconds ->
    [one] ¿Mantener abierta la votación { NUMBER($seconds) } segundo más?
   *[other] ¿Mantener abierta la votación { NUMBER($seconds) } segundos más?
}
confirm-last-call = ¿Tocar el timbre y preguntar si han votado todos los Miembros?
confirm-close = Mantenga pulsado un segundo para cerrar la votación. No podrá abrirse de nuevo.
confirm-declare = ¿Mostrar este resultado a la sala?
confirm-certify = ¿Certificar el acta? Queda firmada y ya no puede cambiarse, solo corregirse con adiciones.
confirm-publish = ¿Publicar el acta certificada?
confirm-cancel = ¿Cancelar esta votación? Ningún voto cuenta y no se muestra ningún recuento.
confirm-void = ¿Declarar nula esta votación? El acta conserva lo que se contó; no hay decisión.
confirm-second-vote = ¿Abrir una nueva votación sobre la misma propuesta? Esta decisión corresponde a la Presidencia.
confirm-next-round = ¿Preparar la siguiente vuelta?
confirm-tie-ballot = ¿Preparar una votación entre los empatados?
confirm-lots = Introduzca los nombres en el orden en que salieron, y los testigos.
confirm-ask-chair = Introduzca los nombres que ha decidido la Presidencia, y el motivo.
confirm-call = ¿Registrar esta respuesta?
confirm-second-call = ¿Llamar de nuevo a quienes pasaron su turno?
confirm-rerun = ¿Preparar una nueva votación sobre la misma cuestión? Queda vinculada a esta.
confirm-hands = ¿Introducir el recuento de una votación a mano alzada?
confirm-paper = ¿Introducir el recuento de las papeletas?
confirm-correct = ¿Añadir una corrección al acta? El resultado no cambia.
confirm-consensus = ¿No ha oído la Presidencia ninguna objeción? El punto queda entonces aprobado sin votación.
confirm-recover = Esta decisión queda registrada con su nombre y su motivo.
confirm-next-item = ¿Pasar al punto siguiente?
confirm-explanations = ¿Mostrar «Explicaciones de voto» en la sala?
confirm-reason = Motivo
confirm-reason-hint = Queda registrado con su nombre
confirm-reason-missing = Indique un motivo
confirm-do = Confirmar
confirm-hold = Mantener pulsado para confirmar
confirm-holding = Siga pulsando…
confirm-released = Soltado demasiado pronto: no se ha hecho nada
console-with-reason = Hacerlo de todos modos, con un motivo
field-seconds = Segundos
field-text = Texto de la corrección
field-member = Miembro
field-intention = Intención declarada
field-missing = Rellene este campo
field-unknown = Esta pantalla no puede pedir: { $fields }. Vuelva a cargarla.

## Consola

console-title = Consola del operador
console-sign-in = Iniciar sesión
console-sign-in-title = Iniciar sesión en la consola
console-user = Usuario
console-password = Contraseña
console-sign-in-failed = Usuario o contraseña incorrectos
console-sign-out = Cerrar sesión
console-signed-in-as = Sesión de { $user } ({ $role })
console-agenda = Orden del día
console-agenda-empty = El orden del día está vacío
console-sitting-opens = Se abre a las { $time }
console-ballots-of-item = Votaciones sobre este punto
console-no-ballot = Ninguna votación seleccionada
console-no-ballot-hint = Elija un punto y prepare una moción.
console-select-item = Elegir el punto { $number }
console-on-air = En la pantalla de la sala
console-preview = Vista previa
console-take = Pasar a la pantalla
console-freeze = Congelar la pantalla
console-frozen = La pantalla está congelada
console-unfreeze = Liberar la pantalla
console-blank-display = Vaciar la pantalla
console-question = Pregunta
console-rule = Mayoría
console-turnout = Participación
console-elapsed = Abierta desde hace { $time }
console-closes-in = Temporizador: { $time }
console-timer-out = El tiempo ha terminado: a la espera de la Presidencia
console-next = Siguiente
console-next-none = Nada que hacer ahora
console-more = Más órdenes
console-say-now = La Presidencia dice
console-if-all-vote = { $needed ->
    [one] Si todos votan, se necesita { NUMBER($needed) } voto a favor
   *[other] Si todos votan, se necesitan { NUMBER($needed) } votos a favor
}
console-needed-varies = El número necesario depende de cuántos voten a favor o en contra
console-entitled-present = { NUMBER($entitled) } con derecho de voto, { NUMBER($present) } presentes
console-recording = Se está registrando el cierre
console-result-not-declared = Aún sin proclamar: solo usted y la Presidencia lo ven
console-link-kiosk = Tableta de asiento
console-link-display = Pantalla de la sala
console-link-chair = Página de la Presidencia
console-devices = Dispositivos
console-display = Pantalla de la sala
console-expired = Su sesión ha terminado. Inicie sesión de nuevo.
console-wrong-role = Esta cuenta tiene la función { $role }. La consola requiere un operador.
console-password-show = Mostrar la contraseña
console-password-hide = Ocultar la contraseña
console-try-again = Intentar de nuevo
console-held = Vista fija
console-not-now = Ahora no es posible
console-on-floor = Ahora en la sala
console-go-to-ballot = Ir a la votación
console-other-ballots = Otras votaciones
console-show-all = Mostrar todo
console-show-item = Mostrar este punto a la sala
console-open-for = Abierta desde hace
console-timer = Temporizador
console-hold-scene = Fijar esta vista
console-follow = Seguir la votación
console-journal-all = Registro completo
console-no-quorum-asked = Esta asamblea no exige quórum

## Console: elections, the other ways of deciding, people

console-interrupt-why = Interrumpir, con un motivo
console-open-from = Abrir empezando por un nombre dado
console-rerun-paper = Repetir en papel
console-rerun-roll-call = Repetir por votación nominal
console-optional = { $field } (puede quedar vacío)
console-field-start = Primer nombre llamado
console-field-answer = Respuesta
console-field-withdrawn = Retirados desde la última vuelta
console-field-names = Nombres por los que ha decidido la Presidencia
console-field-drawn = Nombres sorteados
console-field-witnesses = Testigos
console-field-candidates = Nuevas candidaturas
console-new-candidates-hint = Un nombre por línea; el reglamento las admite en una votación no limitada
console-photo = Foto
console-photo-choose = Elegir una foto de { $name }
console-photo-remove = Quitar la foto de { $name }
console-field-counts = Recuento
console-drawn-hint = Marque los nombres en el orden del sorteo.
console-witnesses-hint = Un nombre por línea, al menos dos personas que vieron el sorteo
console-witnesses-missing = Nombre al menos dos testigos, uno por línea
console-counts-missing = Rellene cada número, 0 si no hay ninguno
console-count-ballots = Papeletas con al menos un nombre
console-count-blank = Papeletas en blanco
console-count-spoilt = Papeletas nulas
console-count-invalid = Papeletas no válidas
console-secret-no-key = Los escrutadores aún no han creado la clave: celebre primero la ceremonia de claves.
console-secret-accredited = { $n ->
    [one] { NUMBER($n) } Miembro puede votar en secreto: su puesto está acreditado
   *[other] { NUMBER($n) } Miembros pueden votar en secreto: sus puestos están acreditados
}
console-secret-without = Presentes, pero sin puesto acreditado: { $members }
console-secret-signed = La lista de votantes está firmada por { $names }
console-secret-unsigned = { $n ->
    [one] Falta { NUMBER($n) } firma; aún sin firmar: { $names }
   *[other] Faltan { NUMBER($n) } firmas; aún sin firmar: { $names }
}
console-secret-proving = { $n ->
    [one] Se comprueba { NUMBER($n) } papeleta sellada
   *[other] Se comprueban { NUMBER($n) } papeletas selladas
}
console-secret-opened = Abierto por { $names }
console-secret-unopened = { $n ->
    [one] Falta { NUMBER($n) } escrutador para abrir el recuento; pendientes: { $names }
   *[other] Faltan { NUMBER($n) } escrutadores para abrir el recuento; pendientes: { $names }
}
console-secret-turned-away-form = No admitida, no es una papeleta de esta cuestión: { $members }
console-secret-turned-away-election = No admitida, sellada para otra elección: { $members }
console-secret-turned-away-credential = No admitida, firmada con una clave distinta de la acreditada: { $members }
console-secret-turned-away-signature = No admitida, la firma no es válida: { $members }
console-secret-turned-away-proof = Rechazada, las pruebas no son válidas: { $members }
console-secret-turned-away-replayed = No admitida, papeleta ya depositada: { $members }
console-secret-turned-away-late = No admitida, después del cierre: { $members }
console-secret-fingerprint = Huella de la elección
console-tellers-hint = El recuento vale cuando se introduce dos veces con los mismos números.
console-tellers-second = { $who } ha introducido un primer recuento. Espera el segundo.
console-tellers-another = Lo introduce otra persona.
console-kind = Qué se pregunta
console-kind-test = Se pide a todos que pulsen el mismo botón. No decide nada.
console-kind-attendance = Un solo botón, «Presente». Indica si hay quórum.
console-kind-poll = Se cuenta y se muestra. No decide nada.
console-asked = Botón pedido
console-rehearsal = Solo de práctica: marcado PRUEBA
console-election-new = Nueva elección
console-election-from-item = Elección del punto { $number }
console-election-unsupported = Esta elección aún no puede celebrarse aquí.
console-region = Región
console-region-missing = Elija la región
region-africa = África
region-americas = América
region-asia = Asia
region-europe = Europa
region-oceania = Oceanía
console-places = Puestos por cubrir
console-places-bounds = Puestos: de 1 a 100
console-names-per-ballot = Nombres por papeleta, como máximo
console-names-bounds = Nombres por papeleta: de 1 a 100
console-candidates = Candidaturas
console-candidates-missing = No se puede elegir a nadie: añada una candidatura
console-candidate = Candidatura
console-candidate-add = Añadir una candidatura
console-candidate-name = Nombre
console-candidate-member = De qué Miembro
console-candidate-up = Subir { $name }
console-candidate-down = Bajar { $name }
console-candidate-remove = Quitar { $name }
console-candidate-unnamed = La candidatura { NUMBER($place) } no tiene nombre
console-candidate-unnamed-in = { $name } no tiene nombre en { $language }
console-candidate-twice = { $name } figura dos veces
console-same-name = El mismo en todos los idiomas
console-order = Orden de las candidaturas
console-order-drawn = Por sorteo, una vez para todas las pantallas
console-order-given = Como se indica aquí
console-order-alphabetical = Alfabético
console-round = Vuelta { NUMBER($round) }
console-tie-round = Votación de desempate, vuelta { NUMBER($round) }
console-round-places = { $places ->
    [one] { NUMBER($places) } puesto
   *[other] { NUMBER($places) } puestos
}, { $names ->
    [one] un nombre por papeleta
   *[other] como máximo { NUMBER($names) } nombres por papeleta
}
console-round-needed = Se requieren: { NUMBER($needed) } de { NUMBER($base) }
console-elected-so-far = Elegidos hasta ahora
console-votes = Votos
console-standing = Situación
console-standing-elected = Elegido
console-standing-out = Ya no se presenta
console-standing-stays = Sigue
console-first-call = Primera llamada
console-second-call = Segunda llamada
console-answered = { $n ->
    [one] { NUMBER($n) } ha respondido
   *[other] { NUMBER($n) } han respondido
}
console-nobody-to-call = Se ha llamado a todos
console-answer-pass = Paso
console-called-next = Siguientes
console-passed = Han pasado
console-keys-answers = Votación nominal: a favor, en contra, abstención, paso
console-test-report = Informe de la votación de prueba
console-test-right = { $n ->
    [one] { NUMBER($n) } pulsó el botón pedido
   *[other] { NUMBER($n) } pulsaron el botón pedido
}
console-test-faultless = Nada que señalar: todos pulsaron a tiempo.
console-test-silent = En silencio
console-test-wrong = Pulsaron otro botón
console-test-late = Demasiado tarde
console-test-pressed = pulsó: { $choice }
console-people = Personas
console-role = Función
console-person-add = Añadir a la persona
console-person-added = { $user } ya puede iniciar sesión ({ $role }).
console-password-short = Indique un nombre y una contraseña de al menos 8 caracteres
console-fingerprint = Huella de la clave de la sala
console-fingerprint-hint = Quien comprueba un acta la compara con esta.
console-waiting-title = Espera a una segunda persona
console-waiting-by = { $who } pide: { $command }
console-waiting-approve = Aprobar
console-waiting-refuse = Rechazar

## Consola: nueva moción

motion-new = Nueva moción
motion-from-item = Moción sobre el punto { $number }
motion-title = Título
motion-title-in = Título en { $language }
motion-title-missing = Falta el título en { $language }
motion-document = Signatura del documento
motion-matter = La Presidencia lo llama
matter-resolution = Proyecto de resolución
matter-proposal = Propuesta
matter-amendment = Enmienda
matter-paragraph = Párrafo
matter-budget = Programa y presupuesto
matter-constitution-amendment = Enmienda del Estatuto
matter-regulations-amendment = Enmienda del Reglamento
matter-admission = Admisión de un Miembro
matter-host = Sede de una reunión
matter-appointment = Nombramiento
matter-convention = Convenio u otro instrumento
matter-procedural = Moción de procedimiento
motion-matter-usual = Según el tipo de decisión
motion-part-of = Parte del texto
motion-part-none = Es un todo
motion-part-hint = Las partes se votan primero, por orden de su lugar: la enmienda que más se aparta del texto tiene el lugar 1.
motion-part-place = Lugar
motion-part-place-missing = Indique el lugar de la parte: 1, 2, 3…
motion-decision = Decisión
motion-mode = Modo de votación
motion-disclosure = Se muestra durante la votación
motion-timer = Temporizador en segundos
motion-timer-none = Sin temporizador
motion-auto-close = Cerrar automáticamente al terminar el tiempo
motion-timer-bounds = De 5 a 86400 segundos
motion-revocable = El voto puede cambiarse hasta el cierre
motion-create = Preparar la votación
motion-created = La votación está preparada
motion-edit = Modificar
motion-blocked = Aún no puede anunciarse
motion-blocked-language = Falta el texto en { $language }
motion-blocked-quorum = No hay quórum
motion-blocked-decision = Elija el tipo de decisión
motion-override = Anunciar de todos modos, con un motivo
motion-silent = { $n ->
    [0] Todos los asientos han respondido
    [one] { NUMBER($n) } asiento no ha respondido
   *[other] { NUMBER($n) } asientos no han respondido
}

## Consola: asuntos por atender y lista de Miembros

exceptions-title = Por atender
exceptions-none = Nada requiere su atención
exceptions-silent = En silencio
exceptions-silent-hint = Conectado, no ha votado
exceptions-offline = Sin conexión
exceptions-offline-hint = No hay ningún dispositivo conectado en este asiento
exceptions-refused = Rechazados
exceptions-refused-hint = Pulsaciones que no se han contado
exceptions-assistance = Asistencia
exceptions-point-of-order = Cuestiones de orden
exceptions-seen = Visto
exceptions-more = { $n ->
    [one] y { NUMBER($n) } más
   *[other] y { NUMBER($n) } más
}
exceptions-count = { $label }: { NUMBER($n) }
members-find = Buscar un Miembro
members-find-hint = Nombre o código
members-none-found = Ningún Miembro tiene este nombre
members-title = Miembros
member-present = Presente
member-not-present = No presente
member-online = En línea
member-offline = Sin conexión
member-voted = Ha votado
member-silent = No ha votado
member-suspended = Derecho de voto suspendido
member-set-present = Marcar como presente
member-set-absent = Marcar como ausente
member-suspend-right = Suspender el derecho de voto
member-restore-right = Restablecer el derecho de voto
member-right-hint = Surte efecto a partir de la próxima votación que se anuncie.
member-name-unapproved = El nombre no ha sido aprobado para esta asamblea
admit-title = Admitir a un Miembro
admit-hint = El Miembro figura en la lista a partir de la próxima votación que se anuncie. Su asiento recibe un código de inmediato.
admit-code = Código (dos letras del país)
admit-name = Nombre: { $language }
admit-tile = Forma breve, 18 caracteres como máximo: { $language }
admit-ballot = Admitido por la votación
admit-do = Admitir al Miembro
admit-incomplete = Rellene los campos marcados. Sin votación hace falta un motivo.
admit-done = { $name } es Miembro desde ahora.
member-proxy = Representado por
member-proxy-give = Dar la delegación de voto
member-proxy-end = Poner fin a la delegación
member-votes-by = Vota por el Miembro
member-hand-over = Traspasar el voto
member-delegation = Delegación
member-delegates = Delegados
member-delegates-hint = Un nombre por línea, primero el jefe de la delegación
member-delegation-set = Designar la delegación
member-withdraw = El Miembro deja la asamblea
member-withdraw-hint = Se retira de la lista y sus asientos dejan de funcionar de inmediato. No durante una votación. Hace falta un motivo.
member-withdraw-do = Retirar de la lista

## Consola: tras el cierre

reconcile-title = Cotejo
reconcile-line = { NUMBER($voted) } votaron + { NUMBER($not_voted) } no votaron + { NUMBER($absent) } ausentes + { NUMBER($suspended) } suspendidos = { NUMBER($members) } Miembros
reconcile-good = La suma es correcta
reconcile-bad = La suma no es correcta: no proclame el resultado. Llame al técnico.
reconcile-offline = { $n ->
    [one] { NUMBER($n) } asiento estaba sin conexión al cierre
   *[other] { NUMBER($n) } asientos estaban sin conexión al cierre
}
reconcile-refused = { $n ->
    [one] Se rechazó { NUMBER($n) } pulsación
   *[other] Se rechazaron { NUMBER($n) } pulsaciones
}
reconcile-corrections = Correcciones
reconcile-correction-hint = Una corrección se añade al acta. Nunca cambia el resultado.

## Consola: votación en duda

doubt-title = Esta votación está en duda
doubt-explain = Tras el reinicio, la urna no contiene todo lo que se había confirmado a los asientos. La votación se ha detenido y no continúa por sí sola.
doubt-missing = Falta la urna.
doubt-behind = { $n ->
    [one] Falta en la urna { NUMBER($n) } voto confirmado.
   *[other] Faltan en la urna { NUMBER($n) } votos confirmados.
}
doubt-tampered = La urna contiene algo distinto de lo que se había confirmado.
doubt-keep = Continuar con lo que contiene la urna
doubt-keep-hint = Cada Miembro ve lo que consta de su voto y puede votar de nuevo. Elíjalo solo si la Presidencia lo ha comunicado a la sala.
doubt-close = Cerrar con lo que contiene la urna
doubt-close-hint = Cuentan los votos guardados en la urna. Elíjalo solo si el registro concuerda con los recibos de los Miembros.
doubt-cancel = Cancelar la votación
doubt-cancel-hint = Ningún voto cuenta. Se vota de nuevo en otra votación.
doubt-void = Declarar nula la votación
doubt-void-hint = No hay decisión. El acta conserva lo que queda.

## Consola: registro, acta y conexión de dispositivos

journal-title = Registro
journal-empty = Aún no se ha registrado nada
journal-seq = N.º
journal-time = Hora
journal-event = Acontecimiento
journal-actor = Por
journal-head = Cabeza de la cadena
record-title = Acta
record-download = Descargar el acta firmada
record-download-format = Descargar en { $format }
record-verify-hint = Compruébela con: hemicycle verify ARCHIVO
record-not-yet = El acta puede descargarse una vez proclamado el resultado
pair-title = Conectar un dispositivo
pair-seat = Conectar un asiento
pair-display = Conectar una pantalla de la sala
pair-chair = Conectar la página de la Presidencia
pair-scan = Escanee este código con el dispositivo
pair-once = Emitir un código nuevo detiene el dispositivo que usa el anterior
pair-one-seat = Para un solo asiento, abra el Miembro en la lista.
pair-issued = { $n ->
    [one] { NUMBER($n) } código emitido
   *[other] { NUMBER($n) } códigos emitidos
}
pair-issue = Emitir un código nuevo
pair-copy = Copiar la dirección
pair-copied = Copiada
pair-all-seats = Códigos de todos los asientos
pair-print = Imprimir

## Consola: teclado

keys-title = Teclado
keys-hint = Las teclas no actúan mientras se escribe en un campo
keys-next = Paso siguiente
keys-hold = Mantener un segundo: abrir o cerrar la votación
keys-bell = Timbre
keys-last-call = Último aviso
keys-interrupt = Interrumpir o reanudar
keys-extend = 30 segundos más
keys-silent = Asientos en silencio
keys-assistance = Peticiones de asistencia
keys-quorum = Quórum
keys-find = Buscar un Miembro
keys-preview = Vista previa
keys-take = Pasar la vista previa a la pantalla
keys-freeze = Congelar la pantalla
keys-blank = Vaciar la pantalla
keys-journal = Registro
keys-help = Esta ayuda
keys-escape = Salir de un diálogo
key-enter = Intro
key-shift = Mayús
key-escape = Esc

## Página de la Presidencia

chair-title = Presidencia
chair-say-now = Diga ahora
chair-nothing = No hay ninguna votación en curso
chair-not-declared = AÚN SIN PROCLAMAR
chair-declared = PROCLAMADO
chair-turnout = Han votado
chair-points-of-order = Cuestiones de orden
chair-points-of-order-none = No hay cuestiones de orden
chair-request-bell = Pedir el timbre
chair-request-last-call = Pedir el último aviso
chair-request-close = Pedir el cierre de la votación
chair-requested = Se ha pedido al operador
chair-request-bell-received = La Presidencia pide el timbre
chair-request-last-call-received = La Presidencia pide el último aviso
chair-request-close-received = La Presidencia pide que se cierre la votación
chair-next-announce = Procedemos ahora a votar: { $title }.
chair-next-open = La votación está abierta. Los Miembros pueden votar ahora.
chair-next-last-call = ¿Han votado todos los Miembros? La votación está a punto de cerrarse.
chair-next-close = La votación está cerrada.
chair-next-sealed = La votación está cerrada. Los escrutadores abren ahora el recuento.
chair-next-suspended = La votación queda interrumpida. Sus votos se conservan. Permanezcan en sus asientos, por favor.
chair-next-resumed = La votación está abierta de nuevo.
chair-next-cancelled = La votación queda cancelada. Ningún voto cuenta.
chair-next-void = La votación es nula. No hay decisión.
chair-next-in-doubt = Se está comprobando la votación. Permanezcan en sus asientos, por favor.
chair-next-time-out = El tiempo ha terminado. La Presidencia cierra la votación.
chair-next-hands = Levanten la mano los Miembros a favor; después, los que estén en contra; después, los que se abstengan.
chair-next-paper = Se ruega a los Miembros que rellenen sus papeletas. Los escrutadores las recogerán.
chair-next-call = { $name }: ¿a favor, en contra o abstención?
chair-next-second-call = Se llama de nuevo a los Miembros que pasaron su turno.
chair-next-call-over = Todos los Miembros han respondido. La votación está a punto de cerrarse.

## Situación de un Miembro en una votación y peticiones de un asiento

status-voted = Votó
status-not-voted = No votó
status-absent = Ausente
status-suspended = Derecho de voto suspendido
status-unnamed = Sin registro nominal
signal-assistance = Asistencia
signal-point-of-order = Cuestión de orden

## Funciones

role-operator = Operador
role-chair = Presidencia
role-scrutineer = Escrutador
role-display = Pantalla
role-seat = Asiento

## Problemas

problem-title = No ha funcionado
problem-unknown = Se ha producido un error ({ $code }). Inténtelo de nuevo o llame al técnico.
problem-network = El servidor no responde. Por lo que sabe esta pantalla, no se ha hecho nada.
problem-not-allowed-now = No es posible en esta fase
problem-unknown-ballot = No existe esa votación
problem-secret-undecided = Hay una votación secreta pendiente que solo abre la clave actual. Proclámela o anúlela antes.
problem-no-key = Aún no hay clave para las votaciones secretas: la han de hacer los escrutadores
problem-nobody-accredited = Ningún miembro presente tiene aún un puesto listo para el voto secreto
problem-not-signed = Dos escrutadores han de firmar la lista de votantes
problem-floor-taken = Hay otra votación en curso. Termínela primero.
problem-bad-field = Falta un campo o es incorrecto
problem-no-quorum = No hay quórum. Se necesita un motivo para continuar.
problem-tallies-differ = Los dos recuentos difieren. Cuente de nuevo e introduzca dos veces el recuento.
problem-second-person = Otra persona tiene que confirmarlo
problem-nothing-waits = Nada espera a una segunda persona
problem-run-again = Esta votación ya se ha repetido
problem-out-of-order = Otras votaciones van antes. Se necesita un motivo para apartarse del orden.
problem-key-reused = Esta petición ya se envió con otro contenido
problem-unauthorised = No ha iniciado sesión
problem-forbidden = Su función no lo permite
problem-not-found = Esto no existe
problem-malformed = No se pudo leer la petición
problem-too-large = La petición es demasiado grande
problem-rate-limited = Demasiadas peticiones. Espere un momento.
problem-unavailable = Un almacén de la sala no responde. Inténtelo de nuevo.

## La regla en palabras

base-yes-no = de los Miembros presentes y votantes
base-valid = de los votos válidos, incluidas las abstenciones
base-cast = de todos los votos emitidos, incluidos las abstenciones y los nulos
base-present = de los Miembros presentes
base-entitled = de los Miembros con derecho de voto
base-members = de todos los Miembros de la Organización
base-valid-papers = de las papeletas válidas, sin contar los votos en blanco
base-cast-papers = de todas las papeletas depositadas, incluidas las de votos en blanco y las nulas

measure-present = Miembros presentes
measure-cast = votos emitidos
measure-yes-no = votos a favor y en contra

rule-majority-simple = Mayoría simple { $base }
rule-majority-two-thirds = Mayoría de dos tercios { $base }
rule-majority-fraction = { $strict ->
    [yes] Más de { NUMBER($numerator) }/{ NUMBER($denominator) } { $base }
   *[no] Al menos { NUMBER($numerator) }/{ NUMBER($denominator) } { $base }
}
rule-needed-if-all-vote = { NUMBER($needed) } necesarios si votan los { NUMBER($entitled) }
rule-second-vote = Si no se alcanza la mayoría, cabe una nueva votación
rule-part = { $part }: { $rule }
rule-blocking-minority = menos de { NUMBER($number) } no favorables no pueden bloquear ({ $part })
rule-tie-ballot = Queda elegido el candidato con más votos
rule-rounds = Vueltas { NUMBER($first) } a { NUMBER($last) }: { $rule }
rule-from-round = A partir de la vuelta { NUMBER($first) }: { $rule }
rule-quorum-fraction = { $strict ->
    [yes] Quórum: { $measure }, más de { NUMBER($numerator) }/{ NUMBER($denominator) } { $base }
   *[no] Quórum: { $measure }, al menos { NUMBER($numerator) }/{ NUMBER($denominator) } { $base }
}
rule-quorum-number = Quórum: al menos { NUMBER($number) } { $measure }

## Resultado en una palabra

outcome-adopted = Aprobado
outcome-rejected = Rechazado
outcome-not-adopted = No aprobado
outcome-second-vote = Mayoría no alcanzada
outcome-casting-vote = Empate: voto de calidad
outcome-tie = Empate
outcome-no-quorum = Sin decisión: no hay quórum
outcome-consensus = Aprobado sin votación
outcome-elected = Elección concluida
outcome-next-round = Una nueva vuelta
outcome-tie-ballot = Empate: votación de desempate
outcome-lots = Empate: sorteo
outcome-ask = Empate: decide la Presidencia
outcome-counted = Recuento terminado

## Votos necesarios

needed-base-yes-no = Necesarios: { NUMBER($needed) } de { NUMBER($base) } (no se cuentan las abstenciones)
needed-base-valid = Necesarios: { NUMBER($needed) } de { NUMBER($base) } (se cuentan las abstenciones)
needed-base-cast = Necesarios: { NUMBER($needed) } de { NUMBER($base) } votos emitidos (se cuentan las abstenciones y los nulos)
needed-base-present = Necesarios: { NUMBER($needed) } de { NUMBER($base) } Miembros presentes
needed-base-entitled = Necesarios: { NUMBER($needed) } de { NUMBER($base) } Miembros con derecho de voto
needed-base-members = Necesarios: { NUMBER($needed) } de { NUMBER($base) } Miembros (se cuentan todos los Miembros)
needed-blocking-minority = Solo { NUMBER($against) } no favorables; una minoría de bloqueo exige { NUMBER($needed) }
needed-base-valid-papers = Se necesitan { NUMBER($needed) } de { NUMBER($base) } papeletas válidas (los votos en blanco no cuentan)
needed-base-cast-papers = Se necesitan { NUMBER($needed) } de { NUMBER($base) } papeletas depositadas (cuentan los votos en blanco y nulos)

## Lo que lee la Presidencia

sentence-matter-adopted = { $matter ->
    [proposal] Queda aprobada la propuesta.
    [amendment] Queda aprobada la enmienda.
    [paragraph] Queda aprobado el párrafo.
    [budget] Quedan aprobados el programa y el presupuesto.
    [constitution_amendment] Queda aprobada la enmienda del Estatuto.
    [regulations_amendment] Queda aprobada la enmienda del Reglamento.
    [admission] El solicitante queda admitido como Miembro.
    [host] Queda aceptada la invitación para acoger la reunión.
    [appointment] Queda aprobado el nombramiento.
    [convention] Queda aprobado el instrumento.
    [procedural] Queda aprobada la moción.
   *[resolution] Queda aprobado el proyecto de resolución.
}
sentence-matter-rejected = { $matter ->
    [proposal] Queda rechazada la propuesta.
    [amendment] Queda rechazada la enmienda.
    [paragraph] Queda rechazado el párrafo.
    [budget] Quedan rechazados el programa y el presupuesto.
    [constitution_amendment] Queda rechazada la enmienda del Estatuto.
    [regulations_amendment] Queda rechazada la enmienda del Reglamento.
    [admission] Queda rechazada la solicitud de admisión.
    [host] Queda rechazada la invitación para acoger la reunión.
    [appointment] Queda rechazado el nombramiento.
    [convention] Queda rechazado el instrumento.
    [procedural] Queda rechazada la moción.
   *[resolution] Queda rechazado el proyecto de resolución.
}
sentence-matter-not-adopted = { $matter ->
    [proposal] No queda aprobada la propuesta.
    [amendment] No queda aprobada la enmienda.
    [paragraph] No queda aprobado el párrafo.
    [budget] No quedan aprobados el programa y el presupuesto.
    [constitution_amendment] No queda aprobada la enmienda del Estatuto.
    [regulations_amendment] No queda aprobada la enmienda del Reglamento.
    [admission] El solicitante no queda admitido como Miembro.
    [host] No queda aceptada la invitación para acoger la reunión.
    [appointment] No queda aprobado el nombramiento.
    [convention] No queda aprobado el instrumento.
    [procedural] No queda aprobada la moción.
   *[resolution] No queda aprobado el proyecto de resolución.
}
sentence-matter-consensus = { $matter ->
    [proposal] La propuesta queda aprobada sin votación.
    [amendment] La enmienda queda aprobada sin votación.
    [paragraph] El párrafo queda aprobado sin votación.
    [budget] El programa y el presupuesto quedan aprobados sin votación.
    [constitution_amendment] La enmienda del Estatuto queda aprobada sin votación.
    [regulations_amendment] La enmienda del Reglamento queda aprobada sin votación.
    [admission] El solicitante queda admitido como Miembro sin votación.
    [host] La invitación para acoger la reunión queda aceptada sin votación.
    [appointment] El nombramiento queda aprobado sin votación.
    [convention] El instrumento queda aprobado sin votación.
    [procedural] La moción queda aprobada sin votación.
   *[resolution] El proyecto de resolución queda aprobado sin votación.
}
sentence-result = El resultado es el siguiente: a favor { NUMBER($yes) }, en contra { NUMBER($no) }, { $abstain ->
    [one] abstención { NUMBER($abstain) }
   *[other] abstenciones { NUMBER($abstain) }
}.
sentence-needed = { $needed ->
    [one] Se necesitaba { NUMBER($needed) } voto a favor.
   *[other] Se necesitaban { NUMBER($needed) } votos a favor.
}
sentence-adopted = { sentence-result } { sentence-matter-adopted }
sentence-rejected = { sentence-result } { sentence-matter-rejected }
sentence-not-adopted = { sentence-result } { sentence-needed } { sentence-matter-not-adopted }
sentence-second-vote = { sentence-result } { sentence-needed } No se ha alcanzado la mayoría. Cabe una nueva votación sobre la propuesta.
sentence-casting-vote = { sentence-result } Hay empate. La Presidencia tiene voto de calidad.
sentence-tie = { sentence-result } Hay empate. Aún no se ha decidido nada.
sentence-no-quorum = No hay quórum: se contaron { NUMBER($measured) } y se necesitaban { NUMBER($quorum) }. No se toma ninguna decisión.
sentence-consensus = No hay objeciones. { sentence-matter-consensus }
sentence-part = { $part }: { NUMBER($yes) } de { NUMBER($base) } a favor, se necesitaban { NUMBER($needed) }.
sentence-parts = { sentence-result } { $parts } { $ending }
sentence-parts-adopted = { sentence-matter-adopted }
sentence-parts-not-adopted = { sentence-matter-not-adopted }
sentence-parts-second-vote = No se ha alcanzado la mayoría en cada parte. Cabe una nueva votación sobre la propuesta.
sentence-parts-casting-vote = Hay empate en una parte. La Presidencia tiene voto de calidad.
sentence-parts-tie = Hay empate en una parte. Aún no se ha decidido nada.
sentence-parts-no-quorum = No hay quórum. No se toma ninguna decisión.
sentence-elected = { $so_far }
sentence-next-round = { $so_far } { $places ->
    [one] Queda { NUMBER($places) } puesto por cubrir.
   *[other] Quedan { NUMBER($places) } puestos por cubrir.
} Se celebra una nueva vuelta entre: { $names }.
sentence-tie-ballot = { $so_far } Han obtenido los mismos votos: { $names }. Se celebra entre ellos una votación de desempate.
sentence-lots = { $so_far } Han obtenido los mismos votos: { $names }. Se decide entre ellos por sorteo.
sentence-ask = { $so_far } Han obtenido los mismos votos: { $names }. La Presidencia decide cómo se procede.
sentence-counted = El recuento ha terminado. No decide nada.
sentence-counted-test = La votación de prueba ha terminado. No decide nada.
sentence-counted-poll = { sentence-result } Era una consulta informal: no se decide nada.
sentence-counted-attendance = Miembros presentes: { NUMBER($yes) }.
sentence-counted-attendance-quorum = Miembros presentes: { NUMBER($measured) }; necesarios para el quórum: { NUMBER($quorum) }. Hay quórum.
sentence-counted-attendance-no-quorum = Miembros presentes: { NUMBER($measured) }; necesarios para el quórum: { NUMBER($quorum) }. No hay quórum.
election-votes = { $name }, { NUMBER($votes) }
election-and = { $most } y { $last }
election-list = { $most }; { $last }
election-names = { $most }, { $last }
election-result = El resultado de la vuelta { NUMBER($round) } es: { $list }. { $blank ->
    [one] Voto en blanco: { NUMBER($blank) }.
   *[other] Votos en blanco: { NUMBER($blank) }.
} Se necesitaban { NUMBER($needed) } de { NUMBER($base) }.
election-tie-result = El resultado de la votación de desempate es: { $list }. Votos en blanco: { NUMBER($blank) }.
election-elected = { $count ->
    [one] { $names } queda elegido/a.
   *[other] { $names } quedan elegidos/as.
}
election-drawn = El sorteo se celebró en público. Han salido: { $names }.
election-chair-settled = La Presidencia ha resuelto el empate a favor de: { $names }.
election-nobody-left = { $so_far } { $places ->
    [one] Queda { NUMBER($places) } puesto sin candidatura. Se necesitan nuevas candidaturas.
   *[other] Quedan { NUMBER($places) } puestos sin candidatura. Se necesitan nuevas candidaturas.
}
person-adopted = { sentence-result } { $count ->
    [one] { $names } queda elegido/a.
   *[other] { $names } quedan elegidos/as.
}
person-not-adopted = { sentence-result } { sentence-needed } { $count ->
    [one] { $names } no queda elegido/a.
   *[other] { $names } no quedan elegidos/as.
}
person-acclaimed = No hay objeciones. { $count ->
    [one] { $names } queda elegido/a por aclamación.
   *[other] { $names } quedan elegidos/as por aclamación.
}

## Avisos antes de la proclamación

alarm-sum = El cotejo no cuadra. No proclame el resultado; llame al técnico.
alarm-no-quorum = No había quórum al cierre: se contaron { NUMBER($measured) } y se necesitaban { NUMBER($quorum) }.
alarm-offline = { $n ->
    [one] { NUMBER($n) } Miembro presente estaba sin conexión al cierre y no votó.
   *[other] { NUMBER($n) } Miembros presentes estaban sin conexión al cierre y no votaron.
}
alarm-refused = { $n ->
    [one] Se rechazaron pulsaciones de { NUMBER($n) } asiento.
   *[other] Se rechazaron pulsaciones de { NUMBER($n) } asientos.
}
alarm-store = El almacén de los votos no responde. Por el momento no se aceptan votos.
alarm-clock = El reloj del almacén de los votos dio un salto. No se ha perdido ningún voto; un temporizador en marcha se ha corregido. Compruébelo, amplíelo si hace falta y haga que el reloj de la máquina se ajuste poco a poco, no de golpe.
alarm-too-many-offices = Ya están cubiertos { NUMBER($held) } de los { NUMBER($most) } cargos de este tipo, y esta votación cubre { NUMBER($places) } más.
alarm-country-unknown = No se indica el país de { $names }: no se comprueban las condiciones de país y región.

## The printed sheet of a vote

sheet-title = Acta de la votación
sheet-member = Miembro
sheet-vote = Voto
sheet-code = Código
sheet-closed = Cierre de la votación: { $time }
sheet-correction = Rectificación
sheet-intention = Intención declarada: { $choice }
sheet-key = Clave de la sala: { $fingerprint }
sheet-head = Cabeza de la cadena: { $head } ({ NUMBER($size) })
sheet-attached = El acta firmada se adjunta a este documento: record.json
sheet-voted-in-secret = Votó (secreto)
sheet-voted = Votó (no registrado)
sheet-by = por { $name }
sheet-opened = Contado bajo cifrado y abierto por { $names }; huella de la elección: { $fingerprint }
sheet-turned-away = { $n ->
    [one] { NUMBER($n) } papeleta sellada no se admitió
   *[other] { NUMBER($n) } papeletas selladas no se admitieron
}
sheet-blank = En blanco

## El programa de los escrutadores, en una terminal

scrutineer-yes = sí
scrutineer-no = no
scrutineer-yes-letter = s
scrutineer-no-letter = n
scrutineer-comma = {", "}
scrutineer-step-certificate = certificado
scrutineer-step-polynomial = partes de la clave
scrutineer-step-voutput = confirmación
scrutineer-in-clear = Atención: la dirección empieza por http://. Quien escuche esta red puede leer su contraseña. Use https:// en una sesión real.
scrutineer-ask-password = Contraseña de { $user } en la sala:
scrutineer-sign-in-failed = El nombre o la contraseña no son correctos. Vuelva a empezar o pida una contraseña nueva al operador.
scrutineer-wrong-role = { $user } no es escrutador en esta sala. Pida al operador que le añada con esa función.
scrutineer-signed-in = { $user } ha iniciado sesión en { $hall }.
scrutineer-session-ended = Su sesión ha terminado. Inicie sesión de nuevo.
scrutineer-hall-silent = La sala no responde ({ $why }). Se reintenta cada segundo; no se pierde nada.
scrutineer-hall-again = La sala responde de nuevo.
scrutineer-refused = La sala lo rechaza: { $why }
scrutineer-stopped = Detenido. Vuelva a iniciar el programa cuando quiera: continúa desde aquí.
scrutineer-new-file = Un archivo nuevo guardará su secreto: { $file }. Elija una frase de paso de al menos { $least } caracteres. Nadie puede recuperarla.
scrutineer-ask-passphrase = Frase de paso de { $file }:
scrutineer-ask-new-passphrase = Nueva frase de paso:
scrutineer-ask-passphrase-again = La misma frase de paso otra vez:
scrutineer-passphrase-short = La frase de paso es demasiado corta: al menos { $least } caracteres, cuatro palabras por ejemplo.
scrutineer-passphrases-differ = Las dos frases de paso son distintas. No se ha escrito nada; vuelva a empezar.
scrutineer-wrong-passphrase = Esta frase de paso no abre { $file }. El archivo está intacto; inténtelo de nuevo.
scrutineer-unreadable = { $file } no se puede usar ({ $why }). Tome la copia que hizo: hemicycle scrutineer import COPY.
scrutineer-other-hall = { $file } es de otra sala ({ $hall }). Indique otro archivo con --file.
scrutineer-other-user = { $file } es de { $user }. Indique su propio archivo con --file.
scrutineer-file-exists = { $file } ya existe y no se sobrescribe. Dé otro nombre.
scrutineer-copy-passphrase = { $file } recibe una frase de paso propia, de al menos { $least } caracteres.
scrutineer-copied = { $file } está escrito.
scrutineer-not-written = No se pudo escribir { $file } ({ $why }). No se envió nada. Libere espacio o elija otro lugar y vuelva a empezar.
scrutineer-not-begun = En espera de que el operador inicie la ceremonia de claves.
scrutineer-not-named = El operador ha designado a { $names } para la ceremonia de claves. No se le pide nada.
scrutineer-ceremony = Ceremonia de claves de { $names }. Usted es el número { $n }. Dos de los tres abrirán cada recuento.
scrutineer-ceremony-again = Se celebra de nuevo: { $reason }
scrutineer-begun-anew = El operador ha reiniciado la ceremonia.
scrutineer-making-certificate = Paso 1 de 3: creación de su certificado.
scrutineer-making-polynomial = Paso 2 de 3: creación de las partes de la clave de los demás.
scrutineer-making-voutput = Paso 3 de 3: comprobación y confirmación de lo que los demás le han dado.
scrutineer-taken = La sala lo tiene: { $what }.
scrutineer-waiting = En espera de { $names }: { $what }. Faltan { $n } de 3.
scrutineer-compare = Las huellas de los tres certificados. Léanselas en voz alta: esto no se le confía a la sala.
scrutineer-ask-same = ¿Ven los tres lo mismo?
scrutineer-not-same = ALTO. Alguien se interpone. Avise a la Presidencia; el operador reiniciará la ceremonia cuando se aclare.
scrutineer-wrong = ALTO. Lo que dio { $name } no es válido: { $why }. Avise a la Presidencia; hay que reiniciar la ceremonia.
scrutineer-wrong-messages = ALTO. Los mensajes de la sala no concuerdan: { $why }. Avise a la Presidencia.
scrutineer-lost = La sala tiene un mensaje suyo que este archivo no creó: { $what }. Use el archivo correcto o su copia. Si se han perdido ambos, pida al operador que reinicie la ceremonia.
scrutineer-contradiction = ALTO. La sala muestra algo distinto que antes: { $what } { $name }. No continúe; avise a la Presidencia.
scrutineer-key-ready = La clave está hecha; usted tiene la parte { $n }. Su huella, la misma para los tres:
scrutineer-keep-copy = Su secreto está en { $file }. Guarde una copia en otro lugar: hemicycle scrutineer export COPY. Deje este programa abierto durante las votaciones secretas.
scrutineer-other-key = Esta votación no es de una clave de la que este archivo tenga parte. Use el archivo de su ceremonia; bastan dos de los tres.
scrutineer-list = Quién puede votar en secreto: «{ $title }»
scrutineer-list-count = Asientos acreditados: { $n }. Huella de la lista: { $fingerprint }
scrutineer-list-first = Es la primera lista que ve. Compárela con los Miembros presentes:
scrutineer-list-same = La misma que la última lista que firmó.
scrutineer-list-added = Nuevos desde la última lista ({ $n }): { $members }
scrutineer-list-removed = Ya no figuran ({ $n }): { $members }
scrutineer-list-changed = Con otro dispositivo que antes ({ $n }): { $members }
scrutineer-ask-sign = ¿Firma esta lista?
scrutineer-signed = Su firma está en la sala.
scrutineer-not-signed = No firmada. La votación se abre sin usted si firman los otros dos.
scrutineer-list-wrong = ALTO. La lista no es válida: { $why }. No firme; avise a la Presidencia.
scrutineer-list-swapped = ALTO. Para esta votación usted firmó otra lista. No continúe; avise a la Presidencia.
scrutineer-list-unproved = ALTO. La lista de esta votación no está firmada por suficientes escrutadores: puede que se hayan añadido votantes. No continúe; avise a la Presidencia.
scrutineer-list-waiting = En espera de una firma de la lista, de { $names }.
scrutineer-ballot-waiting = La lista está firmada. En espera del cierre de la votación.
scrutineer-archive = La votación está cerrada: «{ $title }». Comprobación de la urna.
scrutineer-archive-checked = Comprobado: { $n } de { $total }.
scrutineer-archive-sound = La urna es correcta: cuentan { $n } papeletas, de { $events } emitidas.
scrutineer-archive-unsound = ALTO. La urna no es correcta: { $why }. No se ha descifrado nada; avise a la Presidencia.
scrutineer-tally-swapped = ALTO. Usted ya descifró otro recuento de esta votación. Un segundo revelaría votos; avise a la Presidencia.
scrutineer-list-unsigned = Usted no firmó la lista de esta votación. Su huella: { $fingerprint }
scrutineer-too-few = Solo { $n } papeletas: su suma podría revelar los votos. Hacen falta al menos { $least } (--least). La Presidencia decide cómo votar.
scrutineer-ask-open = ¿Abre el recuento? Solo se conocerá la suma.
scrutineer-opened = Su parte de la apertura está en la sala.
scrutineer-not-opened = No abierto por usted. Bastan los otros dos.
scrutineer-opening-waiting = En espera de un segundo escrutador para abrir el recuento: { $names }.
scrutineer-is-open = El recuento fue abierto por { $names }.
scrutineer-show = Archivo de { $user } para la sala { $hall }
scrutineer-show-share = Ceremonia { $number }: parte { $n } de la clave
scrutineer-show-unfinished = La ceremonia no ha terminado.
scrutineer-show-ballots = Listas firmadas: { $lists }. Recuentos abiertos: { $openings }.

## Consola: la clave de los escrutadores

console-ceremony-title = Votaciones secretas: la clave de los escrutadores
console-ceremony-hint = La hacen tres escrutadores, cada uno con «hemicycle scrutineer» en su propia máquina. Dos de ellos abren cada recuento.
console-ceremony-choose = Los tres escrutadores (añada arriba personas con esta función)
console-ceremony-missing = faltan: { $names }
console-ceremony-ready = La clave está hecha: se pueden anunciar votaciones secretas.
console-ceremony-begin = Iniciar la ceremonia de claves
console-ceremony-again = Reiniciar la ceremonia
console-ceremony-reason = Motivo para reiniciarla
console-ceremony-needs-three = Elija a tres personas.
console-ceremony-needs-reason = Indique el motivo: una nueva ceremonia anula la clave anterior.
