### Hémicycle, français. Les identifiants et les variables sont ceux de en.ftl.

## Langues, chacune dans ses propres mots

language-en = English
language-fr = Français
language-es = Español
language-ar = العربية
language-label = Langue

## Choix

choice-yes = Pour
choice-no = Contre
choice-abstain = Abstention
choice-none = N'a pas voté
choice-absent = Absent
choice-suspended = Droit de vote suspendu
choice-present = Présent
choice-pass = Passe

count-yes = Pour
count-no = Contre
count-abstain = { $n ->
    [one] Abstention
   *[other] Abstentions
}
count-none = N'ont pas voté
count-absent = Absents
count-suspended = Droit suspendu
count-invalid = Nuls
count-entitled = Ayant le droit de vote
count-present = Présents
count-voted = Ont voté
count-members = Membres
count-spoken = { $label } : { NUMBER($n) }

## Phases

phase-draft = Brouillon
phase-prepared = Préparé
phase-announced = Annoncé
phase-open = Ouvert
phase-suspended = Interrompu
phase-closed = Clos
phase-declared = Proclamé
phase-certified = Certifié
phase-published = Publié
phase-cancelled = Annulé
phase-void = Nul
phase-in-doubt = À vérifier

## Ce qui est dit dans la salle

said-announced = Le vote va commencer
said-open = Le vote est ouvert
said-last-call = Tous les Membres ont-ils voté ?
said-closing = Le vote va être clos
said-suspended = Vote interrompu
said-resumed = Le vote est de nouveau ouvert
said-extended = { $seconds ->
    [one] Le vote reste ouvert { NUMBER($seconds) } seconde de plus
   *[other] Le vote reste ouvert { NUMBER($seconds) } secondes de plus
}
said-time-out = En attente de la présidence
said-closed = Le vote est clos
said-cancelled = Le vote est annulé. Aucun vote ne compte.
said-void = Le vote est nul
said-votes-kept = Les votes sont conservés
said-in-doubt = Le vote est en cours de vérification. Veuillez patienter.
said-consensus = Adopté sans vote
said-no-vote = Aucun vote en cours

## Modalités du vote

kind-motion = Motion
kind-election = Élection
kind-attendance = Vérification du quorum
kind-test = Vote d'essai
kind-poll = Consultation informelle
mode-recorded = Vote enregistré
mode-consensus = Sans vote
mode-non-recorded = Vote non enregistré
mode-secret = Scrutin secret
mode-hands = Vote à main levée
mode-roll-call = Vote par appel nominal
mode-paper = Vote par bulletins papier
disclosure-none = Seulement qu'un vote est en cours
disclosure-turnout = Participation, sans décompte
disclosure-counts = Décompte, sans les noms
disclosure-individual = Décompte et noms

## Mots communs à tous les écrans

hall-item = Point { $number }
hall-sitting = Séance { $number }
hall-document = Document { $symbol }
hall-presiding = Présidence : { $name }
hall-seat = Siège { $seat }
hall-ballot = Scrutin { $number }
hall-quorum = Quorum
hall-quorum-met = Quorum atteint : { NUMBER($present) } sur { NUMBER($needed) } nécessaires
hall-quorum-missed = Quorum non atteint : { NUMBER($present) } sur { NUMBER($needed) } nécessaires
hall-turnout = { NUMBER($voted) } sur { NUMBER($entitled) }
hall-turnout-spoken = { $voted ->
    [one] { NUMBER($voted) } Membre sur { NUMBER($entitled) } a voté
   *[other] { NUMBER($voted) } Membres sur { NUMBER($entitled) } ont voté
}
hall-seconds-left = { $seconds ->
    [one] { NUMBER($seconds) } seconde restante
   *[other] { NUMBER($seconds) } secondes restantes
}
hall-time = { $time } ({ $zone })
hall-test = ESSAI
hall-rehearsal = RÉPÉTITION
hall-live = DIRECT
hall-not-live = PAS EN DIRECT
hall-tellers = Scrutateurs
hall-explanations = Explications de vote
hall-close = Fermer
hall-back = Retour
hall-yes = Oui
hall-cancel = Annuler
hall-wait = Veuillez patienter

## La page qui contrôle un bulletin ouvert par un poste

check-title = Contrôler un bulletin
check-intro = Un poste de vote a ouvert un bulletin au lieu de l'émettre, pour montrer qu'il scelle bien ce qui est choisi. Cette page refait ce bulletin à partir de ce que le poste a révélé, et compare. Rien n'en quitte cet appareil.
check-field = L'adresse du code du poste, ou le texte copié
check-file = Ou un fichier contenant le texte
check-do = Contrôler
check-working = Le bulletin est refait…
check-holds = Le vote scellé portant cette empreinte contient
check-wrong = FAUX : le bulletin ne contient pas ce que dit le poste
check-wrong-fingerprint = Ce que le poste a révélé donne un autre vote scellé que celui dont il a affiché l'empreinte.
check-wrong-next = Gardez ce texte, ne votez pas à ce poste et avertissez les scrutateurs.
check-said = Le poste dit qu'il contient
check-question = Question
check-fingerprint-told = Empreinte du vote scellé, indiquée par le poste
check-fingerprint-made = Empreinte de ce qui a été révélé
check-compare = À comparer de vos propres yeux
check-compare-fingerprint = L'empreinte du vote scellé : est-ce celle que le poste a affichée avant que vous ne fassiez ouvrir le bulletin ?
check-compare-election = L'empreinte de l'élection : est-ce celle qui est publiée ?
check-compare-scrutineers = La clé des scrutateurs : est-ce celle que les scrutateurs annoncent ?
check-compare-key = La clé du poste : figure-t-elle en haut de l'écran du poste ?
check-compare-archive = Un bulletin ouvert n'est jamais signé ni émis. Après la clôture, aucun bulletin portant son empreinte ne doit figurer dans l'archive de l'élection.
check-archive = Archive de l'élection (fichier .bel)
check-archive-absent = Le bulletin ouvert n'est pas dans cette archive : c'est bien.
check-archive-present = FAUX : le bulletin ouvert est dans cette archive. Avertissez les scrutateurs.
check-archive-other = Cette archive est celle d'une autre élection.
check-archive-none = Ce fichier n'est pas l'archive d'une élection.
check-fault = Contrôle impossible
check-fault-nothing = Il n'y a pas de texte. Scannez le code du poste ou collez le texte copié.
check-fault-unreadable = Ce n'est ni l'adresse du code d'un poste ni le texte copié. Scannez-le ou copiez-le de nouveau.
check-fault-cut-off = Le texte est tronqué. Copiez-le de nouveau en entier.
check-fault-field = Ce qui figure dans { $place } n'est pas ce que révèle un poste. Scannez-le ou copiez-le de nouveau.
check-fault-unpassed = Un poste dont le texte ne peut pas être contrôlé n'a pas réussi le contrôle.

## Connexion

connection-connecting = Connexion…
connection-online = Connecté
connection-lost = Pas de connexion
connection-replaced = Utilisé sur un autre appareil
connection-stopped = Arrêté

## Poste de vote

kiosk-title = Poste de vote
kiosk-pair-title = Connecter ce poste
kiosk-pair-hint = Scannez le code remis par l'opérateur, ou saisissez le code du siège.
kiosk-pair-field = Code du siège
kiosk-pair-submit = Connecter
kiosk-pair-failed = Ce code n'est pas valable. Demandez-en un nouveau à l'opérateur.
kiosk-card-make = Créer une carte de la clé de ce poste
kiosk-card-working = Création de la carte…
kiosk-card-title = Carte de la clé de ce poste
kiosk-card-hint = Si cet appareil tombe en panne, un autre à ce poste reprend la clé grâce à cette carte et vote dans le scrutin secret en cours. La carte et le code PIN réunis peuvent voter pour vous : conservez-les séparément.
kiosk-card-code = Code de la carte
kiosk-card-text = Texte de la carte
kiosk-card-pin = Code PIN de la carte
kiosk-card-pin-hint = Notez-le ailleurs. Il n'est affiché qu'une fois et n'est pas imprimé.
kiosk-card-print = Imprimer la carte
kiosk-card-done = Masquer la carte
kiosk-card-failed = Cet appareil ne peut pas le faire. Appelez l'opérateur.
kiosk-card-take-title = Avec la carte de votre délégation, cet appareil peut voter
kiosk-card-take-hint = La clé d'un autre appareil est accréditée pour ce scrutin. Scannez ou saisissez le texte de la carte, puis son code PIN.
kiosk-card-take = Reprendre la clé
kiosk-card-taking = Ouverture de la carte…
kiosk-card-fault-no-card = Ce n'est pas le texte entier d'une carte. Vérifiez-le.
kiosk-card-fault-other-seat = Cette carte appartient à un autre poste.
kiosk-card-fault-wrong-pin = Le code PIN est erroné.
kiosk-card-fault-other-key = La clé de cette carte n'est pas celle qui est accréditée pour ce scrutin.
kiosk-card-wait = { $n ->
    [one] Réessayez dans { NUMBER($n) } seconde
   *[other] Réessayez dans { NUMBER($n) } secondes
}
kiosk-no-vote = Aucun vote en cours
kiosk-next-item = L'assemblée examine
kiosk-votes-for = Vous votez aussi pour : { $names }
kiosk-voted-for-by = { $name } vote pour vous, sauf si vous votez
kiosk-votes-by = Vote maintenant : { $name }
kiosk-votes-by-nobody = Personne n'est désigné pour voter
kiosk-hand-over = Transmettre le vote
kiosk-hand-over-title = Qui vote désormais ?
kiosk-hand-over-hint = Un vote déjà émis reste tel quel.
kiosk-hand-over-confirm = { $name } vote désormais
kiosk-hand-over-failed = La salle ne l'a pas accepté. Réessayez ou appelez l'opérateur.
kiosk-hand-over-now = vote maintenant
kiosk-announced = Le vote n'est pas encore ouvert
kiosk-open = Le vote est ouvert
kiosk-choose = Touchez votre choix
kiosk-sending = Envoi…
kiosk-secret-checking = Votre vote scellé est en cours de vérification…
kiosk-secret-recorded = Enregistré. Votre vote est secret.
kiosk-unlinked-recorded = Vous avez voté. Qui a voté quoi n’est pas enregistré.
kiosk-recorded = Votre vote a été enregistré
kiosk-recorded-choice = Enregistré : { $choice }
kiosk-code = Code du reçu
kiosk-receipt = Reçu signé
kiosk-receipt-hint = La salle a signé qu'elle détient votre vote scellé, non ce que vous avez voté. Scannez-le ou copiez-le : si ce vote manquait dans l'archive, il prouve que la salle l'a perdu.
kiosk-receipt-code = Code du reçu signé
kiosk-key = Clé du poste
kiosk-scrutineers-key = Clé des scrutateurs
kiosk-tracker = Numéro de suivi
kiosk-sealed-fingerprint = Empreinte du vote scellé
kiosk-change-to = Changer pour
kiosk-change-hint = Vous pouvez le modifier jusqu'à la clôture du vote
kiosk-final = Ce vote ne peut pas être modifié
kiosk-last-call = Le vote va être clos
kiosk-not-voted-yet = Vous n'avez pas voté
kiosk-suspended = Vote interrompu
kiosk-suspended-kept = Votre vote est conservé
kiosk-time-out = En attente de la présidence
kiosk-closed = Le vote est clos
kiosk-your-vote = Votre vote : { $choice }
kiosk-did-not-vote = Vous n'avez pas voté
kiosk-too-late = Trop tard : non pris en compte
kiosk-press-again = Le vote a changé. Touchez de nouveau votre choix.
kiosk-cancelled = Le vote est annulé. Aucun vote ne compte.
kiosk-void = Le vote est nul. Votre vote ne compte pas.
kiosk-in-doubt = Le vote est en cours de vérification. Veuillez attendre la présidence.
kiosk-right-suspended = Votre droit de vote est suspendu
kiosk-not-on-roll = Vous ne figurez pas sur la liste des votants
kiosk-call-operator = Veuillez appeler l'opérateur : touchez Assistance
kiosk-not-connected = Pas de connexion
kiosk-not-connected-hint = Rien de ce que vous touchez n'est envoyé. Le poste se reconnecte de lui-même.
kiosk-not-trusted = Le certificat de la salle n'est pas reconnu
kiosk-not-trusted-hint = Ce poste ne sait pas qui l'a émis : rien n'est envoyé. Appelez l'opérateur.
kiosk-not-sent = Non envoyé. Touchez de nouveau votre choix dès que le poste est connecté.
kiosk-not-sealed = Votre vote n'a pas pu être scellé et rien n'a été envoyé. Touchez de nouveau votre choix ; si cela persiste, appelez l'opérateur.
kiosk-not-opened = Ce poste n'a pas ouvert le bulletin comme il le doit. Rien n'a été émis. Ne votez pas à ce poste : appelez l'opérateur.
kiosk-other-ballot = Le reçu de la salle nomme un autre vote scellé que celui de ce poste. Ne considérez pas votre vote comme enregistré : avertissez l'opérateur et les scrutateurs.
kiosk-other-election = La salle a changé la clé pour laquelle ce bulletin est scellé, ou sa question. Rien n'a été envoyé : avertissez l'opérateur et les scrutateurs.
kiosk-check-seat = Contrôler ce poste
kiosk-check-on = Vous contrôlez ce poste. Rien n'est émis avant que vous le disiez.
kiosk-check-end = Arrêter le contrôle
kiosk-check-review = Vérifiez votre vote avant de le sceller
kiosk-check-seal = Sceller sans émettre
kiosk-check-sealing = Scellement…
kiosk-check-shown = Scellé, mais pas encore émis
kiosk-check-shown-hint = Notez l'empreinte. Puis décidez : jusqu'ici, ce poste ne pouvait pas savoir ce que vous feriez.
kiosk-check-chosen = Vous avez choisi :
kiosk-check-cast = Émettre ce vote
kiosk-check-open = L'ouvrir pour contrôle
kiosk-check-opening = Ouverture…
kiosk-check-opened = Ouvert : ce bulletin est inutilisable et n'a pas été émis
kiosk-check-must-hold = Le contrôle doit trouver :
kiosk-check-opened-hint = Scannez le code avec un appareil à vous et comparez l'empreinte affichée avec celle que vous avez notée. Ensuite, votez.
kiosk-check-code = Code contenant tout ce qui a servi à ce bulletin
kiosk-check-no-code = Impossible d'en faire un code : copiez plutôt le texte.
kiosk-check-text = Tout ce qui a servi à ce bulletin
kiosk-check-copy = Copier le texte
kiosk-check-copied = Copié
kiosk-check-vote = Voter maintenant
kiosk-check-earlier = Le vote que vous avez émis auparavant compte toujours
kiosk-no-answer = On ignore si votre vote a été enregistré. Touchez de nouveau votre choix.
kiosk-replaced = Ce siège est maintenant utilisé sur un autre appareil
kiosk-replaced-hint = Si ce n'est pas vous, appelez l'opérateur.
kiosk-use-here = Utiliser cet appareil
kiosk-revoked = Cet appareil ne peut plus voter. Appelez l'opérateur.
kiosk-protocol = Cet écran n'est plus à jour. Rechargez-le ou appelez l'opérateur.
kiosk-reload = Recharger
kiosk-assistance = Assistance
kiosk-assistance-called = L'assistance arrive
kiosk-assistance-cancel = Plus nécessaire
kiosk-point-of-order = Motion d'ordre
kiosk-point-of-order-raised = Motion d'ordre : la présidence est prévenue
kiosk-point-of-order-withdraw = Retirer
kiosk-text-size = Taille du texte
kiosk-text-size-value = { $size ->
    [1] Normale
    [2] Grande
    [3] Plus grande
   *[4] Très grande
}
kiosk-result = Résultat
kiosk-choices-label = Choix
kiosk-lamp-label = { $lit ->
    [yes] { $choice }, enregistré
   *[no] { $choice }
}

## Tablette : vote d'essai, vérification du quorum, et ce à quoi l'on répond dans la salle

kiosk-test-press = Touchez : { $choice }
kiosk-test-recorded = ESSAI : votre touche est bien arrivée
kiosk-test-right = C'est bien la touche demandée
kiosk-test-wrong = Une autre touche était demandée : { $choice }
kiosk-test-yours = ESSAI : vous avez touché { $choice }
kiosk-test-missed = ESSAI : rien n'est arrivé de ce siège
kiosk-test-hint = Ceci est un essai. Rien n'est décidé.
kiosk-poll-hint = Ceci est une consultation informelle. Rien n'est décidé.
kiosk-present = Présent
kiosk-presence-ask = Le quorum est en cours de vérification
kiosk-presence-touch = Touchez « Présent »
kiosk-presence-recorded = Votre présence a été enregistrée
kiosk-presence-missed = Votre présence n'a pas été enregistrée
kiosk-hands = Votez en levant la main
kiosk-hands-hint = Les scrutateurs comptent les mains levées. Il n'y a rien à toucher au siège.
kiosk-paper = Votez sur votre bulletin
kiosk-paper-hint = Les scrutateurs recueillent et comptent les bulletins. Il n'y a rien à toucher au siège.
kiosk-roll-call = Répondez à haute voix à l'appel de votre nom
kiosk-roll-call-hint = Pour, contre, abstention, ou passer son tour. Il n'y a rien à toucher au siège.
kiosk-consensus = La présidence propose une adoption sans vote
kiosk-consensus-hint = Toute objection se fait dans la salle. Il n'y a rien à toucher au siège.
kiosk-called-now = C'est à vous : répondez à haute voix
kiosk-called-next = Vous êtes le prochain
kiosk-called-passed = Vous avez passé votre tour : vous serez rappelé
kiosk-calling = À l'appel : { $member }
kiosk-second-call = Second appel
kiosk-answered = { $n ->
    [one] { NUMBER($n) } Membre a répondu
   *[other] { NUMBER($n) } Membres ont répondu
}

## Tablette : le bulletin d'une élection

kiosk-round = Tour { NUMBER($n) }
kiosk-tie-ballot = Scrutin de départage
kiosk-places = { $places ->
    [one] { NUMBER($places) } siège à pourvoir
   *[other] { NUMBER($places) } sièges à pourvoir
}
kiosk-names-most = { $most ->
    [one] Choisissez { NUMBER($most) } nom
   *[other] Choisissez { NUMBER($most) } noms au plus
}
kiosk-names-chosen = { NUMBER($chosen) } sur { NUMBER($most) } choisis
kiosk-names-full = { NUMBER($most) } noms sont déjà choisis. Retirez-en d'abord un.
kiosk-names-below = Autres noms plus bas
kiosk-names-above = Autres noms plus haut
kiosk-candidates = Candidats
kiosk-review = Vérifier
kiosk-review-title = Vérifiez votre vote avant de l'émettre
kiosk-cast = Voter
kiosk-back-to-names = Retour aux noms
kiosk-blank = Vote blanc
kiosk-blank-hint = Un vote blanc ne désigne personne
kiosk-change-vote = Modifier mon vote
kiosk-keep-vote = Garder mon vote
kiosk-bad-names = Votre vote n'a pas été pris en compte : il ne convient pas à ce scrutin. Choisissez de nouveau parmi les noms affichés.
kiosk-number-typed = Numéro : { $typed }
kiosk-keys-choose = Numéro : choisir · Entrée : vérifier · B : vote blanc
kiosk-keys-review = Entrée : voter · Échap : retour
kiosk-keys-pages = Page préc., Page suiv. : page { NUMBER($page) } sur { NUMBER($pages) }

## Refus

refused-unknown-ballot = Ce vote n'a plus lieu. Attendez le suivant.
refused-not-open = Le vote n'est pas ouvert. Votre geste n'a pas été pris en compte.
refused-closed = Trop tard : non pris en compte
refused-not-on-roll = Vous ne figurez pas sur la liste des votants. Veuillez appeler l'opérateur.
refused-not-accredited = Votre poste n'est pas accrédité pour ce scrutin secret. Veuillez appeler l'opérateur.
refused-suspended-right = Votre droit de vote est suspendu. Veuillez appeler l'opérateur.
refused-not-revocable = Ce vote ne peut pas être modifié. Votre premier choix est maintenu.
refused-bad-choice = Ce choix n'est pas proposé dans ce vote. Touchez l'un de ceux qui sont affichés.
refused-bad-proof = Votre vote n'a pas pu être vérifié et n'a pas été pris en compte. Veuillez voter de nouveau.
refused-press-id-reused = Votre geste n'a pas été pris en compte. Veuillez toucher de nouveau votre choix.
refused-replaced = Ce siège est maintenant utilisé sur un autre appareil. Votez sur celui-ci ou appelez l'opérateur.
refused-rate-limited = Trop de gestes. Attendez un instant, puis touchez de nouveau votre choix.
refused-unavailable = On ignore si votre vote a été enregistré. Le poste le renvoie de lui-même.

## Écran de la salle

display-title = Écran de la salle
display-idle = { $item ->
    [none] L'assemblée va commencer
   *[other] Point { $item }
}
display-agenda = Ordre du jour
display-presence = Membres présents
display-presence-count = { NUMBER($present) } Membres présents sur { NUMBER($members) }
display-announced = Le vote va commencer
display-open = Le vote est ouvert
display-last-call = Tous les Membres ont-ils voté ?
display-voted = ont voté
display-voted-of = sur { NUMBER($entitled) } ayant le droit de vote
display-suspended = Vote interrompu
display-suspended-kept = Les votes sont conservés
display-time-out = En attente de la présidence
display-closed = Le vote est clos
display-opening = Les scrutateurs ouvrent le décompte
display-awaiting = En attente de la présidence
display-recording = Le vote est en cours d'enregistrement
display-in-doubt = Le vote est en cours de vérification
display-cancelled = Le vote est annulé
display-void = Le vote est nul
display-consensus = Adopté sans vote
display-counts-withheld = Le décompte sera affiché après la proclamation
display-result = Résultat
display-board = Votes des Membres
display-board-page = Page { NUMBER($page) } sur { NUMBER($pages) }
display-not-live = PAS EN DIRECT
display-not-live-hint = Cet écran montre un état antérieur
display-test = ESSAI : ce vote ne compte pas
display-rehearsal = RÉPÉTITION
display-blank = Écran vide
display-round = Tour { NUMBER($round) }
display-tie-ballot = Scrutin de départage
display-places = { $places ->
    [one] { NUMBER($places) } siège à pourvoir
   *[other] { NUMBER($places) } sièges à pourvoir
}
display-names-per-ballot = { $names ->
    [one] Choisissez { NUMBER($names) } nom
   *[other] Choisissez jusqu'à { NUMBER($names) } noms
}
display-candidates = Candidats dans l'ordre du bulletin
display-elected = Élu(e)
display-stays = Maintenu(e) au tour suivant
display-leaves = N'est plus au tour suivant
display-elected-so-far = Élus jusqu'ici : { $names }
display-next-round = Au tour suivant : { $names }
display-blank-papers = { $n ->
    [one] Bulletin blanc : { NUMBER($n) }
   *[other] Bulletins blancs : { NUMBER($n) }
}
display-called = Appel en cours
display-called-again = Deuxième appel
display-called-next = Ensuite : { $names }
display-called-all = Tous les Membres ont été appelés
display-called-passed = Ont passé leur tour, seront rappelés : { NUMBER($n) }
display-answered = { $answered ->
    [one] { NUMBER($answered) } Membre sur { NUMBER($entitled) } a répondu
   *[other] { NUMBER($answered) } Membres sur { NUMBER($entitled) } ont répondu
}
display-hands = Les scrutateurs comptent les mains levées
display-paper = Les scrutateurs recueillent et comptent les bulletins
display-tellers-wait = Les nombres s'affichent une fois confirmés
display-test-word = ESSAI
display-test-press = Vote d'essai : veuillez toucher
display-test-closed = Le vote d'essai est terminé
display-attendance-press = Touchez « Présent »
display-attendance-open = Vérification du quorum en cours
display-attendance-closed = La vérification du quorum est close
display-poll-note = Consultation informelle : rien n'est décidé
display-sound-off = Son coupé – touchez pour l'activer
display-pair-title = Écran de la salle
display-pair-hint = Ouvrez cet écran depuis la console.
display-scene-label = Écran de la salle : { $scene }

## Vues de l'écran de la salle

scene-auto = Suivre le vote
scene-idle = Point
scene-agenda = Ordre du jour
scene-presence = Présence
scene-question = Question
scene-voting = Vote
scene-closed = Vote clos
scene-result = Résultat
scene-board = Tableau des Membres
scene-hemicycle = Hémicycle
scene-message = Message
scene-interrupted = Vote interrompu
scene-blank = Écran vide

## Commandes

command-create = Nouvelle motion
command-update = Enregistrer les modifications
command-announce = Annoncer
command-open = Ouvrir le vote
command-suspend = Interrompre
command-resume = Reprendre
command-extend = 30 secondes de plus
command-last-call = Dernier appel
command-close = Clore le vote
command-declare = Proclamer le résultat
command-certify = Certifier
command-publish = Publier
command-cancel = Annuler le vote
command-void = Déclarer le vote nul
command-second-vote = Second vote sur la proposition
command-next-round = Tour suivant
command-tie-ballot = Scrutin de départage
command-lots = Saisir le tirage au sort
command-ask-chair = Saisir la décision de la présidence
command-call = Saisir la réponse
command-second-call = Second appel
command-rerun = Recommencer le vote
command-hands = Saisir un vote à main levée
command-paper = Saisir le décompte des bulletins
command-correct = Inscrire une correction
command-consensus = Adopter sans vote
command-recover = Trancher sur le vote à vérifier
command-next-item = Point suivant
command-explanations = Explications de vote

## Confirmations

confirm-announce = Arrêter la liste des votants et annoncer ce vote à la salle ?
confirm-open = Maintenez une seconde pour ouvrir le vote
confirm-suspend = Interrompre le vote ? Les votes sont conservés.
confirm-resume = Rouvrir le vote ?
confirm-extend = { $seconds ->
    [one] Laisser le vote ouvert { NUMBER($seconds) } seconde de plus ?
   *[other] Laisser le vote ouvert { NUMBER($seconds) } secondes de plus ?
}
confirm-last-call = Sonner et demander si tous les Membres ont voté ?
confirm-close = Maintenez une seconde pour clore le vote. Il ne pourra pas être rouvert.
confirm-declare = Montrer ce résultat à la salle ?
confirm-certify = Certifier le procès-verbal ? Il est signé et ne peut plus être modifié, seulement corrigé par ajout.
confirm-publish = Publier le procès-verbal certifié ?
confirm-cancel = Annuler ce vote ? Aucun vote ne compte et aucun décompte n'est montré.
confirm-void = Déclarer ce vote nul ? Le procès-verbal garde ce qui a été compté ; il n'y a pas de décision.
confirm-second-vote = Ouvrir un second vote sur la même proposition ? Cette décision appartient à la présidence.
confirm-next-round = Préparer le tour suivant ?
confirm-tie-ballot = Préparer un scrutin de départage entre les ex æquo ?
confirm-lots = Saisissez les noms dans l'ordre du tirage, et les témoins.
confirm-ask-chair = Saisissez les noms retenus par la présidence, et le motif.
confirm-call = Enregistrer cette réponse ?
confirm-second-call = Appeler de nouveau ceux qui ont passé leur tour ?
confirm-rerun = Préparer un nouveau vote sur la même question ? Il est lié à celui-ci.
confirm-hands = Saisir le décompte d'un vote à main levée ?
confirm-paper = Saisir le décompte des bulletins ?
confirm-correct = Ajouter une correction au procès-verbal ? Le résultat ne change pas.
confirm-consensus = La présidence n'a-t-elle entendu aucune objection ? Le point est alors adopté sans vote.
confirm-recover = Cette décision est inscrite au journal avec votre nom et votre motif.
confirm-next-item = Passer au point suivant ?
confirm-explanations = Afficher « Explications de vote » dans la salle ?
confirm-reason = Motif
confirm-reason-hint = Inscrit au journal avec votre nom
confirm-reason-missing = Indiquez un motif
confirm-do = Confirmer
confirm-hold = Maintenir pour confirmer
confirm-holding = Maintenez encore…
confirm-released = Relâché trop tôt : rien n'a été fait
console-with-reason = Procéder malgré tout, avec un motif
field-seconds = Secondes
field-text = Texte de la correction
field-member = Membre
field-intention = Intention déclarée
field-missing = Remplissez ce champ
field-unknown = Cet écran ne peut pas demander : { $fields }. Rechargez-le.

## Console

console-title = Console de l'opérateur
console-sign-in = Se connecter
console-sign-in-title = Connexion à la console
console-user = Utilisateur
console-password = Mot de passe
console-sign-in-failed = Utilisateur ou mot de passe incorrect
console-sign-out = Se déconnecter
console-signed-in-as = Connecté : { $user } ({ $role })
console-agenda = Ordre du jour
console-agenda-empty = L'ordre du jour est vide
console-sitting-opens = Ouverture à { $time }
console-ballots-of-item = Votes sur ce point
console-no-ballot = Aucun vote choisi
console-no-ballot-hint = Choisissez un point, puis préparez une motion.
console-select-item = Choisir le point { $number }
console-on-air = À l'écran de la salle
console-preview = Aperçu
console-take = Passer à l'écran
console-freeze = Figer l'écran
console-frozen = L'écran est figé
console-unfreeze = Libérer l'écran
console-blank-display = Vider l'écran
console-question = Question
console-rule = Majorité
console-turnout = Participation
console-elapsed = Ouvert depuis { $time }
console-closes-in = Minuteur : { $time }
console-timer-out = Le temps est écoulé : en attente de la présidence
console-next = Suite
console-next-none = Rien à faire maintenant
console-more = Autres commandes
console-say-now = La présidence dit
console-if-all-vote = { $needed ->
    [one] Si tous votent, il faut { NUMBER($needed) } vote pour
   *[other] Si tous votent, il faut { NUMBER($needed) } votes pour
}
console-needed-varies = Le nombre nécessaire dépend du nombre de votes pour et contre
console-entitled-present = { NUMBER($entitled) } ayant le droit de vote, { NUMBER($present) } présents
console-recording = La clôture est en cours d'enregistrement
console-result-not-declared = Pas encore proclamé : vous et la présidence êtes seuls à le voir
console-link-kiosk = Tablette de siège
console-link-display = Écran de la salle
console-link-chair = Page de la présidence
console-devices = Appareils
console-display = Écran de la salle
console-expired = Votre session a expiré. Reconnectez-vous.
console-wrong-role = Ce compte a le rôle { $role }. La console demande un opérateur.
console-password-show = Afficher le mot de passe
console-password-hide = Masquer le mot de passe
console-try-again = Réessayer
console-held = Vue maintenue
console-not-now = Ce n'est pas possible maintenant
console-on-floor = En cours dans la salle
console-go-to-ballot = Aller au vote
console-other-ballots = Autres votes
console-show-all = Tout afficher
console-show-item = Montrer ce point à la salle
console-open-for = Ouvert depuis
console-timer = Minuteur
console-hold-scene = Maintenir cette vue
console-follow = Suivre le vote
console-journal-all = Journal complet
console-no-quorum-asked = Cette assemblée n'exige pas de quorum

## Console: elections, the other ways of deciding, people

console-interrupt-why = Interrompre, avec un motif
console-open-from = Ouvrir en commençant par un nom donné
console-rerun-paper = Recommencer sur papier
console-rerun-roll-call = Recommencer par appel nominal
console-optional = { $field } (peut rester vide)
console-field-start = Premier nom appelé
console-field-answer = Réponse
console-field-withdrawn = Retirés depuis le dernier tour
console-field-names = Noms pour lesquels la présidence a tranché
console-field-drawn = Noms tirés au sort
console-field-witnesses = Témoins
console-field-candidates = Nouvelles candidatures
console-new-candidates-hint = Un nom par ligne ; le règlement les admet à un scrutin qui n’est pas limité
console-photo = Photo
console-photo-choose = Choisir une photo de { $name }
console-photo-remove = Retirer la photo de { $name }
console-field-counts = Décompte
console-drawn-hint = Cochez les noms dans l’ordre du tirage.
console-witnesses-hint = Un nom par ligne, au moins deux personnes qui ont vu le tirage
console-witnesses-missing = Nommez au moins deux témoins, un par ligne
console-counts-missing = Remplissez chaque nombre, 0 s’il n’y en a pas
console-count-ballots = Bulletins portant au moins un nom
console-count-blank = Bulletins blancs
console-count-spoilt = Bulletins nuls
console-count-invalid = Bulletins non valables
console-secret-no-key = Les scrutateurs n'ont pas encore créé la clé : tenez d'abord la cérémonie des clés.
console-secret-accredited = { $n ->
    [one] { NUMBER($n) } Membre peut voter au scrutin secret : son poste est accrédité
   *[other] { NUMBER($n) } Membres peuvent voter au scrutin secret : leurs postes sont accrédités
}
console-secret-without = Présents, mais sans poste accrédité : { $members }
console-secret-signed = La liste des votants est signée par { $names }
console-secret-unsigned = { $n ->
    [one] { NUMBER($n) } signature attendue ; pas encore signé : { $names }
   *[other] { NUMBER($n) } signatures attendues ; pas encore signé : { $names }
}
console-secret-proving = { $n ->
    [one] { NUMBER($n) } bulletin scellé est en cours de vérification
   *[other] { NUMBER($n) } bulletins scellés sont en cours de vérification
}
console-secret-opened = Ouvert par { $names }
console-secret-unopened = { $n ->
    [one] { NUMBER($n) } scrutateur attendu pour ouvrir le décompte ; restent : { $names }
   *[other] { NUMBER($n) } scrutateurs attendus pour ouvrir le décompte ; restent : { $names }
}
console-secret-turned-away-form = Non reçu, pas un bulletin sur cette question : { $members }
console-secret-turned-away-election = Non reçu, scellé pour une autre élection : { $members }
console-secret-turned-away-credential = Non reçu, signé avec une autre clé que celle accréditée : { $members }
console-secret-turned-away-signature = Non reçu, signature non valable : { $members }
console-secret-turned-away-proof = Refusé, preuves non valables : { $members }
console-secret-turned-away-replayed = Non reçu, bulletin déjà déposé : { $members }
console-secret-turned-away-late = Non reçu, après la clôture : { $members }
console-secret-fingerprint = Empreinte de l'élection
console-tellers-hint = Le décompte vaut dès qu’il est saisi deux fois avec les mêmes nombres.
console-tellers-second = { $who } a saisi un premier décompte. Il attend le second.
console-tellers-another = Une autre personne le saisit.
console-kind = Ce qui est demandé
console-kind-test = Chacun est prié d’appuyer sur le même bouton. Rien n’est décidé.
console-kind-attendance = Un seul bouton, « Présent ». Il indique si le quorum est atteint.
console-kind-poll = Compté et affiché. Rien n’est décidé.
console-asked = Bouton demandé
console-rehearsal = Pour l’exercice seulement : marqué ESSAI
console-election-new = Nouvelle élection
console-election-from-item = Élection au point { $number }
console-election-unsupported = Cette élection ne peut pas encore se tenir ici.
console-region = Région
console-region-missing = Choisissez la région
region-africa = Afrique
region-americas = Amériques
region-asia = Asie
region-europe = Europe
region-oceania = Océanie
console-places = Sièges à pourvoir
console-places-bounds = Sièges : de 1 à 100
console-names-per-ballot = Noms par bulletin, au plus
console-names-bounds = Noms par bulletin : de 1 à 100
console-candidates = Candidatures
console-candidates-missing = Personne ne peut être élu : ajoutez une candidature
console-candidate = Candidature
console-candidate-add = Ajouter une candidature
console-candidate-name = Nom
console-candidate-member = De quel Membre
console-candidate-up = Monter { $name }
console-candidate-down = Descendre { $name }
console-candidate-remove = Retirer { $name }
console-candidate-unnamed = La candidature { NUMBER($place) } n’a pas de nom
console-candidate-unnamed-in = { $name } n’a pas de nom en { $language }
console-candidate-twice = { $name } figure deux fois
console-same-name = Même nom dans toutes les langues
console-order = Ordre des candidatures
console-order-drawn = Tiré au sort, une fois pour tous les écrans
console-order-given = Tel qu’indiqué ici
console-order-alphabetical = Alphabétique
console-round = Tour { NUMBER($round) }
console-tie-round = Scrutin de départage, tour { NUMBER($round) }
console-round-places = { $places ->
    [one] { NUMBER($places) } siège
   *[other] { NUMBER($places) } sièges
}, { $names ->
    [one] un nom par bulletin
   *[other] au plus { NUMBER($names) } noms par bulletin
}
console-round-needed = Requis : { NUMBER($needed) } sur { NUMBER($base) }
console-elected-so-far = Déjà élus
console-votes = Voix
console-standing = Situation
console-standing-elected = Élu
console-standing-out = N’est plus en lice
console-standing-stays = Reste en lice
console-first-call = Premier appel
console-second-call = Second appel
console-answered = { $n ->
    [one] { NUMBER($n) } a répondu
   *[other] { NUMBER($n) } ont répondu
}
console-nobody-to-call = Tous ont été appelés
console-answer-pass = Passe
console-called-next = Appelés ensuite
console-passed = Ont passé
console-keys-answers = Appel nominal : pour, contre, abstention, passe
console-test-report = Rapport du vote d’essai
console-test-right = { $n ->
    [one] { NUMBER($n) } a appuyé sur le bouton demandé
   *[other] { NUMBER($n) } ont appuyé sur le bouton demandé
}
console-test-faultless = Rien à signaler : tous ont appuyé à temps.
console-test-silent = Silencieux
console-test-wrong = Ont appuyé sur un autre bouton
console-test-late = Trop tard
console-test-pressed = a appuyé : { $choice }
console-people = Personnes
console-role = Rôle
console-person-add = Ajouter la personne
console-person-added = { $user } peut maintenant se connecter ({ $role }).
console-password-short = Indiquez un nom et un mot de passe d’au moins 8 caractères
console-fingerprint = Empreinte de la clé de la salle
console-fingerprint-hint = Qui vérifie un procès-verbal la compare à celle-ci.
console-waiting-title = Attend une seconde personne
console-waiting-by = { $who } demande : { $command }
console-waiting-approve = Approuver
console-waiting-refuse = Refuser

## Console : nouvelle motion

motion-new = Nouvelle motion
motion-from-item = Motion sur le point { $number }
motion-title = Titre
motion-title-in = Titre en { $language }
motion-title-missing = Le titre manque en { $language }
motion-document = Cote du document
motion-matter = La présidence l'appelle
matter-resolution = Projet de résolution
matter-proposal = Proposition
matter-amendment = Amendement
matter-paragraph = Paragraphe
matter-budget = Programme et budget
matter-constitution-amendment = Amendement au Statut
matter-regulations-amendment = Amendement au Règlement
matter-admission = Admission d'un Membre
matter-host = Lieu d'une session
matter-appointment = Nomination
matter-convention = Convention ou autre instrument
matter-procedural = Motion de procédure
motion-matter-usual = Selon le type de décision
motion-part-of = Partie du texte
motion-part-none = C'est un tout
motion-part-hint = Les parties sont mises aux voix d'abord, dans l'ordre de leurs rangs : l'amendement le plus éloigné du texte a le rang 1.
motion-part-place = Rang
motion-part-place-missing = Indiquez le rang de la partie : 1, 2, 3…
motion-decision = Décision
motion-mode = Mode de vote
motion-disclosure = Montré pendant le vote
motion-timer = Minuteur en secondes
motion-timer-none = Sans minuteur
motion-auto-close = Clore automatiquement à la fin du minuteur
motion-timer-bounds = De 5 à 86400 secondes
motion-revocable = Un vote peut être modifié jusqu'à la clôture
motion-create = Préparer le vote
motion-created = Le vote est préparé
motion-edit = Modifier
motion-blocked = Ne peut pas encore être annoncé
motion-blocked-language = Le texte manque en { $language }
motion-blocked-quorum = Le quorum n'est pas atteint
motion-blocked-decision = Choisissez le type de décision
motion-override = Annoncer malgré tout, avec un motif
motion-silent = { $n ->
    [0] Tous les sièges ont répondu
    [one] { NUMBER($n) } siège n'a pas répondu
   *[other] { NUMBER($n) } sièges n'ont pas répondu
}

## Console : points à traiter et liste des Membres

exceptions-title = À traiter
exceptions-none = Rien ne vous appelle
exceptions-silent = Silencieux
exceptions-silent-hint = Connecté, n'a pas voté
exceptions-offline = Hors ligne
exceptions-offline-hint = Aucun appareil connecté à ce siège
exceptions-refused = Refusés
exceptions-refused-hint = Gestes non pris en compte
exceptions-assistance = Assistance
exceptions-point-of-order = Motions d'ordre
exceptions-seen = Vu
exceptions-more = { $n ->
    [one] et { NUMBER($n) } autre
   *[other] et { NUMBER($n) } autres
}
exceptions-count = { $label } : { NUMBER($n) }
members-find = Chercher un Membre
members-find-hint = Nom ou code
members-none-found = Aucun Membre ne porte ce nom
members-title = Membres
member-present = Présent
member-not-present = Non présent
member-online = En ligne
member-offline = Hors ligne
member-voted = A voté
member-silent = N'a pas voté
member-suspended = Droit de vote suspendu
member-set-present = Marquer comme présent
member-set-absent = Marquer comme absent
member-suspend-right = Suspendre le droit de vote
member-restore-right = Rétablir le droit de vote
member-right-hint = Cela prend effet au prochain vote annoncé.
member-name-unapproved = Ce nom n'a pas été approuvé pour cette assemblée
admit-title = Admettre un Membre
admit-hint = Le Membre figure sur la liste à partir du prochain vote annoncé. Son siège reçoit un code aussitôt.
admit-code = Code (deux lettres du pays)
admit-name = Nom : { $language }
admit-tile = Forme courte, 18 caractères au plus : { $language }
admit-ballot = Admis par le vote
admit-do = Admettre le Membre
admit-incomplete = Remplissez les champs marqués. Sans vote, un motif est nécessaire.
admit-done = { $name } est désormais Membre.
member-proxy = Représenté par
member-proxy-give = Donner la procuration
member-proxy-end = Mettre fin à la procuration
member-votes-by = Vote pour le Membre
member-hand-over = Transmettre le vote
member-delegation = Délégation
member-delegates = Délégués
member-delegates-hint = Un nom par ligne, le chef de délégation en premier
member-delegation-set = Désigner la délégation
member-withdraw = Le Membre quitte l'assemblée
member-withdraw-hint = Il est retiré de la liste et ses sièges s'arrêtent aussitôt. Impossible pendant un vote. Un motif est nécessaire.
member-withdraw-do = Retirer de la liste

## Console : après la clôture

reconcile-title = Rapprochement
reconcile-line = { NUMBER($voted) } votants + { NUMBER($not_voted) } non-votants + { NUMBER($absent) } absents + { NUMBER($suspended) } suspendus = { NUMBER($members) } Membres
reconcile-good = La somme est juste
reconcile-bad = La somme est fausse : ne proclamez pas le résultat. Appelez le technicien.
reconcile-offline = { $n ->
    [one] { NUMBER($n) } siège était hors ligne à la clôture
   *[other] { NUMBER($n) } sièges étaient hors ligne à la clôture
}
reconcile-refused = { $n ->
    [one] { NUMBER($n) } geste a été refusé
   *[other] { NUMBER($n) } gestes ont été refusés
}
reconcile-corrections = Corrections
reconcile-correction-hint = Une correction s'ajoute au procès-verbal. Elle ne change jamais le résultat.

## Console : vote à vérifier

doubt-title = Ce vote est à vérifier
doubt-explain = Après le redémarrage, l'urne ne contient pas tout ce qui avait été confirmé aux sièges. Le vote est arrêté et ne reprend pas de lui-même.
doubt-missing = L'urne est introuvable.
doubt-behind = { $n ->
    [one] { NUMBER($n) } vote confirmé manque dans l'urne.
   *[other] { NUMBER($n) } votes confirmés manquent dans l'urne.
}
doubt-tampered = L'urne contient autre chose que ce qui avait été confirmé.
doubt-keep = Continuer avec le contenu de l'urne
doubt-keep-hint = Chaque Membre voit ce qui est enregistré pour lui et peut voter de nouveau. À ne choisir que si la présidence en a informé la salle.
doubt-close = Clore avec le contenu de l'urne
doubt-close-hint = Les votes contenus dans l'urne comptent. À ne choisir que si le journal concorde avec les reçus des Membres.
doubt-cancel = Annuler le vote
doubt-cancel-hint = Aucun vote ne compte. Le vote est repris comme un nouveau vote.
doubt-void = Déclarer le vote nul
doubt-void-hint = Il n'y a pas de décision. Le procès-verbal garde ce qui reste.

## Console : journal, procès-verbal, connexion d'appareils

journal-title = Journal
journal-empty = Rien n'a encore été inscrit
journal-seq = N°
journal-time = Heure
journal-event = Événement
journal-actor = Par
journal-head = Tête de la chaîne
record-title = Procès-verbal
record-download = Télécharger le procès-verbal signé
record-download-format = Télécharger en { $format }
record-verify-hint = Vérifiez-le avec : hemicycle verify FICHIER
record-not-yet = Le procès-verbal peut être téléchargé une fois le résultat proclamé
pair-title = Connecter un appareil
pair-seat = Connecter un siège
pair-display = Connecter un écran de salle
pair-chair = Connecter la page de la présidence
pair-scan = Scannez ce code avec l'appareil
pair-once = Émettre un nouveau code arrête l'appareil qui utilise l'ancien
pair-one-seat = Pour un seul siège, ouvrez le Membre dans la liste.
pair-issued = { $n ->
    [one] { NUMBER($n) } code émis
   *[other] { NUMBER($n) } codes émis
}
pair-issue = Émettre un nouveau code
pair-copy = Copier l'adresse
pair-copied = Copiée
pair-all-seats = Codes de tous les sièges
pair-print = Imprimer

## Console : clavier

keys-title = Clavier
keys-hint = Les touches sont inactives pendant la saisie dans un champ
keys-next = Étape suivante
keys-hold = Maintenir une seconde : ouvrir ou clore le vote
keys-bell = Sonnerie
keys-last-call = Dernier appel
keys-interrupt = Interrompre ou reprendre
keys-extend = 30 secondes de plus
keys-silent = Sièges silencieux
keys-assistance = Demandes d'assistance
keys-quorum = Quorum
keys-find = Chercher un Membre
keys-preview = Aperçu d'une vue
keys-take = Passer l'aperçu à l'écran
keys-freeze = Figer l'écran
keys-blank = Vider l'écran
keys-journal = Journal
keys-help = Cette aide
keys-escape = Quitter une boîte de dialogue
key-enter = Entrée
key-shift = Maj
key-escape = Échap

## Page de la présidence

chair-title = Présidence
chair-say-now = À dire maintenant
chair-nothing = Aucun vote en cours
chair-not-declared = PAS ENCORE PROCLAMÉ
chair-declared = PROCLAMÉ
chair-turnout = Ont voté
chair-points-of-order = Motions d'ordre
chair-points-of-order-none = Aucune motion d'ordre
chair-request-bell = Demander la sonnerie
chair-request-last-call = Demander le dernier appel
chair-request-close = Demander la clôture du vote
chair-requested = La demande est transmise à l'opérateur
chair-request-bell-received = La présidence demande la sonnerie
chair-request-last-call-received = La présidence demande le dernier appel
chair-request-close-received = La présidence demande la clôture du vote
chair-next-announce = Nous allons maintenant voter sur { $title }.
chair-next-open = Le vote est ouvert. Les Membres sont priés de voter.
chair-next-last-call = Tous les Membres ont-ils voté ? Le vote va être clos.
chair-next-close = Le vote est clos.
chair-next-sealed = Le vote est clos. Les scrutateurs procèdent à l'ouverture du décompte.
chair-next-suspended = Le vote est interrompu. Vos votes sont conservés. Veuillez rester à vos places.
chair-next-resumed = Le vote est de nouveau ouvert.
chair-next-cancelled = Le vote est annulé. Aucun vote ne compte.
chair-next-void = Le vote est nul. Il n'y a pas de décision.
chair-next-in-doubt = Le vote est en cours de vérification. Veuillez rester à vos places.
chair-next-time-out = Le temps est écoulé. La présidence clôt le vote.
chair-next-hands = Que les Membres qui sont pour lèvent la main, puis ceux qui sont contre, puis ceux qui s'abstiennent.
chair-next-paper = Les Membres sont priés de remplir leur bulletin. Les scrutateurs le recueilleront.
chair-next-call = { $name } : pour, contre ou abstention ?
chair-next-second-call = Les Membres qui ont passé leur tour sont appelés de nouveau.
chair-next-call-over = Tous les Membres ont répondu. Le vote va être clos.

## Situation d'un Membre dans un vote, et demandes d'un siège

status-voted = A voté
status-not-voted = N'a pas voté
status-absent = Absent
status-suspended = Droit de vote suspendu
status-unnamed = Non consigné par nom
signal-assistance = Assistance
signal-point-of-order = Motion d'ordre

## Rôles

role-operator = Opérateur
role-chair = Présidence
role-scrutineer = Scrutateur
role-display = Écran
role-seat = Siège

## Problèmes

problem-title = Cela n'a pas fonctionné
problem-unknown = Une erreur s'est produite ({ $code }). Réessayez ou appelez le technicien.
problem-network = Le serveur ne répond pas. Pour autant que cet écran le sache, rien n'a été fait.
problem-not-allowed-now = Ce n'est pas possible dans cette phase
problem-unknown-ballot = Ce vote n'existe pas
problem-secret-undecided = Un scrutin secret que seule la clé actuelle ouvre est en attente. Proclamez-en le résultat ou annulez-le d'abord.
problem-no-key = Il n'y a pas encore de clé pour les scrutins secrets : les scrutateurs doivent la créer
problem-nobody-accredited = Aucun membre présent n'a encore de siège prêt pour le scrutin secret
problem-not-signed = Deux scrutateurs doivent signer la liste des votants
problem-floor-taken = Un autre vote est en cours. Terminez-le d'abord.
problem-bad-field = Un champ manque ou est erroné
problem-no-quorum = Le quorum n'est pas atteint. Il faut un motif pour continuer.
problem-tallies-differ = Les deux décomptes diffèrent. Recomptez et saisissez deux fois le décompte.
problem-second-person = Une autre personne doit confirmer
problem-nothing-waits = Rien n'attend une seconde personne
problem-run-again = Ce vote a déjà été repris
problem-out-of-order = D'autres votes passent avant. Il faut un motif pour s'écarter de l'ordre.
problem-key-reused = Cette demande a déjà été envoyée avec un autre contenu
problem-unauthorised = Vous n'êtes pas connecté
problem-forbidden = Votre rôle ne le permet pas
problem-not-found = Cela n'existe pas
problem-malformed = La demande n'a pas pu être lue
problem-too-large = La demande est trop volumineuse
problem-rate-limited = Trop de demandes. Attendez un instant.
problem-unavailable = Une base de la salle ne répond pas. Réessayez.

## La règle en toutes lettres

base-yes-no = des Membres présents et votants
base-valid = des votes valables, abstentions comprises
base-cast = de tous les votes émis, abstentions et nuls compris
base-present = des Membres présents
base-entitled = des Membres ayant le droit de vote
base-members = de tous les Membres de l'Organisation
base-valid-papers = des bulletins valables, bulletins blancs non compris
base-cast-papers = de tous les bulletins déposés, blancs et nuls compris

measure-present = Membres présents
measure-cast = votes émis
measure-yes-no = votes pour et contre

rule-majority-simple = Majorité simple { $base }
rule-majority-two-thirds = Majorité des deux tiers { $base }
rule-majority-fraction = { $strict ->
    [yes] Plus de { NUMBER($numerator) }/{ NUMBER($denominator) } { $base }
   *[no] Au moins { NUMBER($numerator) }/{ NUMBER($denominator) } { $base }
}
rule-needed-if-all-vote = { NUMBER($needed) } nécessaires si les { NUMBER($entitled) } votent tous
rule-second-vote = Si la majorité n'est pas atteinte, un second vote est possible
rule-part = { $part } : { $rule }
rule-blocking-minority = moins de { NUMBER($number) } non favorables ne peuvent bloquer ({ $part })
rule-tie-ballot = Le candidat qui obtient le plus de voix est élu
rule-rounds = Tours { NUMBER($first) } à { NUMBER($last) } : { $rule }
rule-from-round = À partir du tour { NUMBER($first) } : { $rule }
rule-quorum-fraction = { $strict ->
    [yes] Quorum : { $measure }, plus de { NUMBER($numerator) }/{ NUMBER($denominator) } { $base }
   *[no] Quorum : { $measure }, au moins { NUMBER($numerator) }/{ NUMBER($denominator) } { $base }
}
rule-quorum-number = Quorum : au moins { NUMBER($number) } { $measure }

## Issue du vote

outcome-adopted = Adopté
outcome-rejected = Rejeté
outcome-not-adopted = Non adopté
outcome-second-vote = Majorité non atteinte
outcome-casting-vote = Égalité : voix prépondérante
outcome-tie = Égalité des voix
outcome-no-quorum = Pas de décision : quorum non atteint
outcome-consensus = Adopté sans vote
outcome-elected = Élection acquise
outcome-next-round = Un nouveau tour
outcome-tie-ballot = Égalité : scrutin de départage
outcome-lots = Égalité : tirage au sort
outcome-ask = Égalité : la présidence décide
outcome-counted = Décompte terminé

## Votes nécessaires

needed-base-yes-no = Requis : { NUMBER($needed) } sur { NUMBER($base) } (abstentions non comptées)
needed-base-valid = Requis : { NUMBER($needed) } sur { NUMBER($base) } (abstentions comptées)
needed-base-cast = Requis : { NUMBER($needed) } sur { NUMBER($base) } votes émis (abstentions et nuls comptés)
needed-base-present = Requis : { NUMBER($needed) } sur { NUMBER($base) } Membres présents
needed-base-entitled = Requis : { NUMBER($needed) } sur { NUMBER($base) } Membres ayant le droit de vote
needed-base-members = Requis : { NUMBER($needed) } sur { NUMBER($base) } Membres (tous les Membres comptés)
needed-blocking-minority = Seulement { NUMBER($against) } non favorables ; une minorité de blocage en exige { NUMBER($needed) }
needed-base-valid-papers = Requis : { NUMBER($needed) } sur { NUMBER($base) } bulletins valables (bulletins blancs non comptés)
needed-base-cast-papers = Requis : { NUMBER($needed) } sur { NUMBER($base) } bulletins déposés (bulletins blancs et nuls comptés)

## Ce que lit la présidence

sentence-matter-adopted = { $matter ->
    [proposal] La proposition est adoptée.
    [amendment] L'amendement est adopté.
    [paragraph] Le paragraphe est adopté.
    [budget] Le programme et le budget sont adoptés.
    [constitution_amendment] L'amendement au Statut est adopté.
    [regulations_amendment] L'amendement au Règlement est adopté.
    [admission] Le candidat est admis en qualité de Membre.
    [host] L'invitation à accueillir la session est acceptée.
    [appointment] La nomination est approuvée.
    [convention] L'instrument est adopté.
    [procedural] La motion est adoptée.
   *[resolution] Le projet de résolution est adopté.
}
sentence-matter-rejected = { $matter ->
    [proposal] La proposition est rejetée.
    [amendment] L'amendement est rejeté.
    [paragraph] Le paragraphe est rejeté.
    [budget] Le programme et le budget sont rejetés.
    [constitution_amendment] L'amendement au Statut est rejeté.
    [regulations_amendment] L'amendement au Règlement est rejeté.
    [admission] La demande d'admission est rejetée.
    [host] L'invitation à accueillir la session est rejetée.
    [appointment] La nomination est rejetée.
    [convention] L'instrument est rejeté.
    [procedural] La motion est rejetée.
   *[resolution] Le projet de résolution est rejeté.
}
sentence-matter-not-adopted = { $matter ->
    [proposal] La proposition n'est pas adoptée.
    [amendment] L'amendement n'est pas adopté.
    [paragraph] Le paragraphe n'est pas adopté.
    [budget] Le programme et le budget ne sont pas adoptés.
    [constitution_amendment] L'amendement au Statut n'est pas adopté.
    [regulations_amendment] L'amendement au Règlement n'est pas adopté.
    [admission] Le candidat n'est pas admis en qualité de Membre.
    [host] L'invitation à accueillir la session n'est pas acceptée.
    [appointment] La nomination n'est pas approuvée.
    [convention] L'instrument n'est pas adopté.
    [procedural] La motion n'est pas adoptée.
   *[resolution] Le projet de résolution n'est pas adopté.
}
sentence-matter-consensus = { $matter ->
    [proposal] La proposition est adoptée sans vote.
    [amendment] L'amendement est adopté sans vote.
    [paragraph] Le paragraphe est adopté sans vote.
    [budget] Le programme et le budget sont adoptés sans vote.
    [constitution_amendment] L'amendement au Statut est adopté sans vote.
    [regulations_amendment] L'amendement au Règlement est adopté sans vote.
    [admission] Le candidat est admis en qualité de Membre sans vote.
    [host] L'invitation à accueillir la session est acceptée sans vote.
    [appointment] La nomination est approuvée sans vote.
    [convention] L'instrument est adopté sans vote.
    [procedural] La motion est adoptée sans vote.
   *[resolution] Le projet de résolution est adopté sans vote.
}
sentence-result = Le résultat est le suivant : pour { NUMBER($yes) }, contre { NUMBER($no) }, { $abstain ->
    [one] abstention { NUMBER($abstain) }
   *[other] abstentions { NUMBER($abstain) }
}.
sentence-needed = { $needed ->
    [one] Il fallait { NUMBER($needed) } vote pour.
   *[other] Il fallait { NUMBER($needed) } votes pour.
}
sentence-adopted = { sentence-result } { sentence-matter-adopted }
sentence-rejected = { sentence-result } { sentence-matter-rejected }
sentence-not-adopted = { sentence-result } { sentence-needed } { sentence-matter-not-adopted }
sentence-second-vote = { sentence-result } { sentence-needed } La majorité n'est pas atteinte. Un second vote sur la proposition est possible.
sentence-casting-vote = { sentence-result } Les voix sont à égalité. La présidence a voix prépondérante.
sentence-tie = { sentence-result } Les voix sont à égalité. Rien n'est encore décidé.
sentence-no-quorum = Le quorum n'est pas atteint : { NUMBER($measured) } comptés, { NUMBER($quorum) } nécessaires. Aucune décision n'est prise.
sentence-consensus = Il n'y a pas d'objection. { sentence-matter-consensus }
sentence-part = { $part } : { NUMBER($yes) } sur { NUMBER($base) } pour, il fallait { NUMBER($needed) }.
sentence-parts = { sentence-result } { $parts } { $ending }
sentence-parts-adopted = { sentence-matter-adopted }
sentence-parts-not-adopted = { sentence-matter-not-adopted }
sentence-parts-second-vote = La majorité n'est pas atteinte dans chaque partie. Un second vote sur la proposition est possible.
sentence-parts-casting-vote = Les voix sont à égalité dans une partie. La présidence a voix prépondérante.
sentence-parts-tie = Les voix sont à égalité dans une partie. Rien n'est encore décidé.
sentence-parts-no-quorum = Le quorum n'est pas atteint. Aucune décision n'est prise.
sentence-elected = { $so_far }
sentence-next-round = { $so_far } { $places ->
    [one] Il reste { NUMBER($places) } siège à pourvoir.
   *[other] Il reste { NUMBER($places) } sièges à pourvoir.
} Un nouveau tour a lieu entre : { $names }.
sentence-tie-ballot = { $so_far } Ces candidats ont obtenu le même nombre de voix : { $names }. Un scrutin de départage a lieu entre eux.
sentence-lots = { $so_far } Ces candidats ont obtenu le même nombre de voix : { $names }. Ils sont départagés par tirage au sort.
sentence-ask = { $so_far } Ces candidats ont obtenu le même nombre de voix : { $names }. La présidence décide de la suite.
sentence-counted = Le décompte est terminé. Il ne décide de rien.
sentence-counted-test = Le vote d'essai est terminé. Il ne décide rien.
sentence-counted-poll = { sentence-result } Il s'agissait d'une consultation informelle : rien n'est décidé.
sentence-counted-attendance = Membres présents : { NUMBER($yes) }.
sentence-counted-attendance-quorum = Membres présents : { NUMBER($measured) }, nécessaires pour le quorum : { NUMBER($quorum) }. Le quorum est atteint.
sentence-counted-attendance-no-quorum = Membres présents : { NUMBER($measured) }, nécessaires pour le quorum : { NUMBER($quorum) }. Le quorum n'est pas atteint.
election-votes = { $name }, { NUMBER($votes) }
election-and = { $most } et { $last }
election-list = { $most } ; { $last }
election-names = { $most }, { $last }
election-result = Résultat du tour { NUMBER($round) } : { $list }. { $blank ->
    [one] Bulletin blanc : { NUMBER($blank) }.
   *[other] Bulletins blancs : { NUMBER($blank) }.
} Requis : { NUMBER($needed) } sur { NUMBER($base) }.
election-tie-result = Résultat du scrutin de départage : { $list }. Bulletins blancs : { NUMBER($blank) }.
election-elected = { $count ->
    [one] { $names } est élu(e).
   *[other] { $names } sont élu(e)s.
}
election-drawn = Le tirage au sort a eu lieu en public. Tirés au sort : { $names }.
election-chair-settled = La présidence a tranché l'égalité en faveur de : { $names }.
election-nobody-left = { $so_far } { $places ->
    [one] Il reste { NUMBER($places) } siège, sans candidat. De nouvelles candidatures sont nécessaires.
   *[other] Il reste { NUMBER($places) } sièges, sans candidat. De nouvelles candidatures sont nécessaires.
}
person-adopted = { sentence-result } { $count ->
    [one] { $names } est élu(e).
   *[other] { $names } sont élu(e)s.
}
person-not-adopted = { sentence-result } { sentence-needed } { $count ->
    [one] { $names } n'est pas élu(e).
   *[other] { $names } ne sont pas élu(e)s.
}
person-acclaimed = Il n'y a pas d'objection. { $count ->
    [one] { $names } est élu(e) par acclamation.
   *[other] { $names } sont élu(e)s par acclamation.
}

## Avertissements avant la proclamation

alarm-sum = Le rapprochement n'est pas juste. Ne proclamez pas le résultat ; appelez le technicien.
alarm-no-quorum = Le quorum n'était pas atteint à la clôture : { NUMBER($measured) } comptés, { NUMBER($quorum) } nécessaires.
alarm-offline = { $n ->
    [one] { NUMBER($n) } Membre présent était hors ligne à la clôture et n'a pas voté.
   *[other] { NUMBER($n) } Membres présents étaient hors ligne à la clôture et n'ont pas voté.
}
alarm-refused = { $n ->
    [one] Des gestes ont été refusés à { NUMBER($n) } siège.
   *[other] Des gestes ont été refusés à { NUMBER($n) } sièges.
}
alarm-store = La réserve des votes ne répond pas. Aucun vote n'est accepté pour l'instant.
alarm-clock = L'horloge de la réserve des votes a fait un saut. Aucun vote n'est perdu ; un minuteur en cours a été corrigé. Vérifiez-le, prolongez au besoin, et faites ajuster l'horloge de la machine peu à peu, non d'un coup.
alarm-too-many-offices = { NUMBER($held) } des { NUMBER($most) } fonctions de ce type sont déjà pourvues, et ce vote en pourvoit { NUMBER($places) } de plus.
alarm-country-unknown = Aucun pays n'est indiqué pour { $names } : les conditions de pays et de région ne sont pas vérifiées.

## The printed sheet of a vote

sheet-title = Procès-verbal du vote
sheet-member = Membre
sheet-vote = Vote
sheet-code = Code
sheet-closed = Clôture du vote : { $time }
sheet-correction = Rectification
sheet-intention = Intention déclarée : { $choice }
sheet-key = Clé de la salle : { $fingerprint }
sheet-head = Tête de la chaîne : { $head } ({ NUMBER($size) })
sheet-attached = Le procès-verbal signé est joint à ce document : record.json
sheet-voted-in-secret = A voté (secret)
sheet-voted = A voté (non enregistré)
sheet-by = par { $name }
sheet-opened = Compté sous chiffrement et ouvert par { $names } ; empreinte de l'élection : { $fingerprint }
sheet-turned-away = { $n ->
    [one] { NUMBER($n) } bulletin scellé n'a pas été reçu
   *[other] { NUMBER($n) } bulletins scellés n'ont pas été reçus
}
sheet-blank = Blanc

## Le programme des scrutateurs, dans un terminal

scrutineer-yes = oui
scrutineer-no = non
scrutineer-yes-letter = o
scrutineer-no-letter = n
scrutineer-comma = {", "}
scrutineer-step-certificate = certificat
scrutineer-step-polynomial = parts de clé
scrutineer-step-voutput = confirmation
scrutineer-in-clear = Attention : l'adresse commence par http://. Quiconque écoute ce réseau peut lire votre mot de passe. Utilisez https:// pendant une vraie séance.
scrutineer-ask-password = Mot de passe de { $user } dans la salle :
scrutineer-sign-in-failed = Le nom ou le mot de passe est erroné. Recommencez, ou demandez un nouveau mot de passe à l'opérateur.
scrutineer-wrong-role = { $user } n'est pas scrutateur dans cette salle. Demandez à l'opérateur de vous ajouter dans ce rôle.
scrutineer-signed-in = { $user } est connecté à { $hall }.
scrutineer-session-ended = Votre session a pris fin. Connectez-vous de nouveau.
scrutineer-hall-silent = La salle ne répond pas ({ $why }). Un nouvel essai a lieu chaque seconde ; rien n'est perdu.
scrutineer-hall-again = La salle répond de nouveau.
scrutineer-refused = La salle le refuse : { $why }
scrutineer-stopped = Arrêté. Relancez le programme quand vous voulez : il reprend d'ici.
scrutineer-new-file = Un nouveau fichier contiendra votre secret : { $file }. Choisissez une phrase secrète d'au moins { $least } caractères. Personne ne peut la retrouver.
scrutineer-ask-passphrase = Phrase secrète de { $file } :
scrutineer-ask-new-passphrase = Nouvelle phrase secrète :
scrutineer-ask-passphrase-again = La même phrase secrète, encore une fois :
scrutineer-passphrase-short = La phrase secrète est trop courte : au moins { $least } caractères, quatre mots par exemple.
scrutineer-passphrases-differ = Les deux phrases secrètes diffèrent. Rien n'a été écrit ; recommencez.
scrutineer-wrong-passphrase = Cette phrase secrète n'ouvre pas { $file }. Le fichier est intact ; réessayez.
scrutineer-unreadable = { $file } est inutilisable ({ $why }). Prenez la copie que vous avez faite : hemicycle scrutineer import COPY.
scrutineer-other-hall = { $file } appartient à une autre salle ({ $hall }). Indiquez un autre fichier avec --file.
scrutineer-other-user = { $file } appartient à { $user }. Indiquez votre propre fichier avec --file.
scrutineer-file-exists = { $file } existe déjà et n'est pas remplacé. Donnez un autre nom.
scrutineer-copy-passphrase = { $file } reçoit sa propre phrase secrète, d'au moins { $least } caractères.
scrutineer-copied = { $file } est écrit.
scrutineer-not-written = { $file } n'a pas pu être écrit ({ $why }). Rien n'a été envoyé. Libérez de la place ou choisissez un autre endroit, puis recommencez.
scrutineer-not-begun = En attente : l'opérateur doit commencer la cérémonie des clés.
scrutineer-not-named = L'opérateur a désigné { $names } pour la cérémonie des clés. Rien ne vous est demandé.
scrutineer-ceremony = Cérémonie des clés de { $names }. Vous êtes le numéro { $n }. Deux des trois ouvriront chaque décompte.
scrutineer-ceremony-again = Elle a lieu de nouveau : { $reason }
scrutineer-begun-anew = L'opérateur a recommencé la cérémonie.
scrutineer-making-certificate = Étape 1 sur 3 : création de votre certificat.
scrutineer-making-polynomial = Étape 2 sur 3 : création des parts de clé des autres.
scrutineer-making-voutput = Étape 3 sur 3 : vérification et confirmation de ce que les autres vous ont remis.
scrutineer-taken = La salle l'a reçu : { $what }.
scrutineer-waiting = En attente de { $names } : { $what }. Encore { $n } sur 3.
scrutineer-compare = Les empreintes des trois certificats. Lisez-les vous mutuellement à voix haute : on ne peut s'en remettre à la salle.
scrutineer-ask-same = Voyez-vous tous les trois la même chose ?
scrutineer-not-same = ARRÊT. Quelqu'un s'interpose. Prévenez la présidence ; l'opérateur recommencera la cérémonie une fois la cause connue.
scrutineer-wrong = ARRÊT. Ce que { $name } a remis ne tient pas : { $why }. Prévenez la présidence ; la cérémonie doit être recommencée.
scrutineer-wrong-messages = ARRÊT. Les messages dans la salle ne concordent pas : { $why }. Prévenez la présidence.
scrutineer-lost = La salle a un message de vous que ce fichier n'a pas créé : { $what }. Utilisez le bon fichier ou votre copie. Si les deux sont perdus, demandez à l'opérateur de recommencer la cérémonie.
scrutineer-contradiction = ARRÊT. La salle montre autre chose qu'auparavant : { $what } { $name }. N'allez pas plus loin ; prévenez la présidence.
scrutineer-key-ready = La clé est créée ; vous détenez la part { $n }. Son empreinte, la même pour les trois :
scrutineer-keep-copy = Votre secret est dans { $file }. Gardez une copie ailleurs : hemicycle scrutineer export COPY. Laissez ce programme ouvert pendant les scrutins secrets.
scrutineer-other-key = Ce scrutin ne relève pas d'une clé dont ce fichier détient une part. Utilisez le fichier de sa cérémonie ; deux des trois suffisent.
scrutineer-list = Qui peut voter au scrutin secret : « { $title } »
scrutineer-list-count = Postes accrédités : { $n }. Empreinte de la liste : { $fingerprint }
scrutineer-list-first = C'est la première liste que vous voyez. Comparez-la aux Membres présents :
scrutineer-list-same = La même que la dernière liste que vous avez signée.
scrutineer-list-added = Nouveaux depuis la dernière liste ({ $n }) : { $members }
scrutineer-list-removed = N'y figurent plus ({ $n }) : { $members }
scrutineer-list-changed = Avec un autre appareil qu'avant ({ $n }) : { $members }
scrutineer-ask-sign = Signez-vous cette liste ?
scrutineer-signed = Votre signature est dans la salle.
scrutineer-not-signed = Non signée. Le vote s'ouvre sans vous si les deux autres signent.
scrutineer-list-wrong = ARRÊT. La liste ne tient pas : { $why }. Ne signez pas ; prévenez la présidence.
scrutineer-list-swapped = ARRÊT. Pour ce scrutin, vous avez signé une autre liste. N'allez pas plus loin ; prévenez la présidence.
scrutineer-list-unproved = ARRÊT. La liste de ce scrutin n'est pas signée par assez de scrutateurs : des électeurs ont pu être ajoutés. N'allez pas plus loin ; prévenez la présidence.
scrutineer-list-waiting = En attente d'une signature de la liste, par { $names }.
scrutineer-ballot-waiting = La liste est signée. En attente de la clôture du vote.
scrutineer-archive = Le vote est clos : « { $title } ». Vérification de l'urne.
scrutineer-archive-checked = Vérifié : { $n } sur { $total }.
scrutineer-archive-sound = L'urne est en règle : { $n } bulletins comptent, sur { $events } déposés.
scrutineer-archive-unsound = ARRÊT. L'urne n'est pas en règle : { $why }. Rien n'a été déchiffré ; prévenez la présidence.
scrutineer-tally-swapped = ARRÊT. Vous avez déchiffré un autre décompte de ce scrutin. Un second révélerait des votes ; prévenez la présidence.
scrutineer-list-unsigned = Vous n'avez pas signé la liste de ce scrutin. Son empreinte : { $fingerprint }
scrutineer-too-few = Seulement { $n } bulletins : leur somme pourrait révéler les votes. Il en faut au moins { $least } (--least). La présidence décide comment voter.
scrutineer-ask-open = Ouvrez-vous le décompte ? Seule la somme sera connue.
scrutineer-opened = Votre part de l'ouverture est dans la salle.
scrutineer-not-opened = Non ouvert par vous. Les deux autres suffisent.
scrutineer-opening-waiting = En attente d'un deuxième scrutateur pour ouvrir le décompte : { $names }.
scrutineer-is-open = Le décompte a été ouvert par { $names }.
scrutineer-show = Fichier de { $user } pour la salle { $hall }
scrutineer-show-share = Cérémonie { $number } : part { $n } de la clé
scrutineer-show-unfinished = La cérémonie n'est pas terminée.
scrutineer-show-ballots = Listes signées : { $lists }. Décomptes ouverts : { $openings }.

## Console : la clé des scrutateurs

console-ceremony-title = Scrutins secrets : la clé des scrutateurs
console-ceremony-hint = Trois scrutateurs la créent, chacun avec « hemicycle scrutineer » sur sa propre machine. Deux d'entre eux ouvrent chaque décompte.
console-ceremony-choose = Les trois scrutateurs (ajoutez ci-dessus des personnes avec ce rôle)
console-ceremony-missing = manquent : { $names }
console-ceremony-ready = La clé est créée : les scrutins secrets peuvent être annoncés.
console-ceremony-begin = Commencer la cérémonie des clés
console-ceremony-again = Recommencer la cérémonie
console-ceremony-reason = Pourquoi recommencer
console-ceremony-needs-three = Choisissez trois personnes.
console-ceremony-needs-reason = Dites pourquoi : une nouvelle cérémonie met fin à la clé précédente.
