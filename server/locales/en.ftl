### Hemicycle, English. One source for the server (speech.py) and for the screens.
###
### Ids are kebab-case and begin with the place they stand in: choice-, phase-, kiosk-, display-,
### console-, chair-, command-, confirm-, refused-, problem-, rule-, base-, outcome-, sentence- …
### A value of the wire vocabulary gives its id by changing "_" into "-": last_call → command-last-call.
### Numbers are NUMBER($n); which digits are shown is the assembly's setting (-u-nu-…), never the text's.
### Names, titles and document symbols are inserted as they are; a screen puts them in <bdi>.

## Languages, each in its own words (the same in all four files)

language-en = English
language-fr = Français
language-es = Español
language-ar = العربية
language-label = Language

## Choices. choice-* stands on a button and for one Member, count-* stands beside a number

choice-yes = In favour
choice-no = Against
choice-abstain = Abstention
choice-none = Not voting
choice-absent = Absent
choice-suspended = Right to vote suspended
choice-present = Present
choice-pass = Pass

count-yes = In favour
count-no = Against
count-abstain = { $n ->
    [one] Abstention
   *[other] Abstentions
}
count-none = Not voting
count-absent = Absent
count-suspended = Right suspended
count-invalid = Invalid
count-entitled = Entitled to vote
count-present = Present
count-voted = Voted
count-members = Members
# Glyph and number of the board's legend are drawn by the screen; this is read aloud.
count-spoken = { $label }: { NUMBER($n) }

## Phases of a ballot. A suspended ballot is "interrupted": "suspended" is only for a Member's right

phase-draft = Draft
phase-prepared = Prepared
phase-announced = Announced
phase-open = Open
phase-suspended = Interrupted
phase-closed = Closed
phase-declared = Declared
phase-certified = Certified
phase-published = Published
phase-cancelled = Cancelled
phase-void = Void
phase-in-doubt = In doubt

## What is said in the hall when something happens

said-announced = Voting is about to begin
said-open = The voting is open
said-last-call = Have all Members voted?
said-closing = Voting is about to close
said-suspended = Voting interrupted
said-resumed = The voting is open again
said-extended = { $seconds ->
    [one] The voting stays open { NUMBER($seconds) } second longer
   *[other] The voting stays open { NUMBER($seconds) } seconds longer
}
said-time-out = Awaiting the Chair
said-closed = The voting is closed
said-cancelled = The vote is cancelled. No vote counts.
said-void = The vote is void
said-votes-kept = Votes are kept
said-in-doubt = The vote is being checked. Please wait.
said-consensus = Adopted without a vote
said-no-vote = No vote in progress

## How a ballot is held

kind-motion = Motion
kind-election = Election
kind-attendance = Quorum check
kind-test = Test vote
kind-poll = Informal poll
mode-recorded = Recorded vote
mode-consensus = Without a vote
mode-non-recorded = Non-recorded vote
mode-secret = Secret ballot
mode-hands = Show of hands
mode-roll-call = Roll-call vote
mode-paper = Paper ballot
disclosure-none = Only that a vote is on
disclosure-turnout = Turnout, no counts
disclosure-counts = Counts, no names
disclosure-individual = Counts and names

## Words used on every screen

hall-item = Item { $number }
hall-sitting = Sitting { $number }
hall-document = Document { $symbol }
hall-presiding = Presiding: { $name }
hall-seat = Seat { $seat }
hall-ballot = Ballot { $number }
hall-quorum = Quorum
hall-quorum-met = Quorum reached: { NUMBER($present) } of { NUMBER($needed) } needed
hall-quorum-missed = No quorum: { NUMBER($present) } of { NUMBER($needed) } needed
hall-turnout = { NUMBER($voted) } of { NUMBER($entitled) }
hall-turnout-spoken = { $voted ->
    [one] { NUMBER($voted) } of { NUMBER($entitled) } Members has voted
   *[other] { NUMBER($voted) } of { NUMBER($entitled) } Members have voted
}
hall-seconds-left = { $seconds ->
    [one] { NUMBER($seconds) } second left
   *[other] { NUMBER($seconds) } seconds left
}
hall-time = { $time } ({ $zone })
hall-test = TEST
hall-rehearsal = REHEARSAL
hall-live = LIVE
hall-not-live = NOT LIVE
hall-tellers = Tellers
hall-explanations = Explanations of vote
hall-close = Close
hall-back = Back
hall-yes = Yes
hall-cancel = Cancel
hall-wait = Please wait

## The page that checks a ballot which a seat opened

check-title = Check a ballot
check-intro = A voting seat opened a ballot instead of casting it, to show that it seals what is chosen. This page makes that ballot again from what the seat revealed, and compares. Nothing of it leaves this device.
check-field = The address from the seat's code, or the text that was copied
check-file = Or a file with the text
check-do = Check
check-working = The ballot is being made again…
check-holds = The sealed vote with this fingerprint holds
check-wrong = WRONG: the ballot does not hold what the seat says
check-wrong-fingerprint = What the seat revealed makes another sealed vote than the one whose fingerprint it showed.
check-wrong-next = Keep this text, do not vote on that seat, and tell the scrutineers.
check-said = The seat says that it holds
check-question = Question
check-fingerprint-told = Fingerprint of the sealed vote, as the seat told it
check-fingerprint-made = Fingerprint of what was revealed
check-compare = Compare with your own eyes
check-compare-fingerprint = The fingerprint of the sealed vote: is it the one that the seat showed before you had it opened?
check-compare-election = The fingerprint of the election: is it the published one?
check-compare-scrutineers = The scrutineers' key: is it the one that the scrutineers name?
check-compare-key = The seat key: does it stand at the top of the seat's screen?
check-compare-archive = An opened ballot is never signed and never cast. After the close no ballot with its fingerprint may be in the archive of the election.
check-archive = Archive of the election (a file .bel)
check-archive-absent = The opened ballot is not in this archive: good.
check-archive-present = WRONG: the opened ballot is in this archive. Tell the scrutineers.
check-archive-other = This is the archive of another election.
check-archive-none = This file is no archive of an election.
check-fault = This cannot be checked
check-fault-nothing = There is no text. Scan the seat's code, or paste the text that was copied.
check-fault-unreadable = This is neither the address from a seat's code nor the text that was copied. Scan or copy it again.
check-fault-cut-off = The text is cut off. Copy the whole of it again.
check-fault-field = What stands in { $place } is not what a seat reveals. Scan or copy it again.
check-fault-unpassed = A seat whose text cannot be checked has not passed the check.

## Connection, in a word

connection-connecting = Connecting…
connection-online = Connected
connection-lost = No connection
connection-replaced = Used on another device
connection-stopped = Stopped

## Kiosk: the seat's tablet

kiosk-title = Voting seat
kiosk-pair-title = Connect this seat
kiosk-pair-hint = Scan the code that the operator gives you, or type the seat's code.
kiosk-pair-field = Seat code
kiosk-pair-submit = Connect
kiosk-pair-failed = This code is not valid. Ask the operator for a new one.
kiosk-card-make = Make a card of this seat's key
kiosk-card-working = Making the card…
kiosk-card-title = Card of this seat's key
kiosk-card-hint = If this device fails, another one at this seat takes over the key from this card, and votes in the secret ballot that is on. Card and PIN together can vote for you: keep them apart.
kiosk-card-code = Code of the card
kiosk-card-text = Text of the card
kiosk-card-pin = PIN of the card
kiosk-card-pin-hint = Write it down elsewhere. It is shown once, and is not printed.
kiosk-card-print = Print the card
kiosk-card-done = Hide the card
kiosk-card-failed = This device cannot do that. Please call the operator.
kiosk-card-take-title = With your delegation's card this device can vote
kiosk-card-take-hint = The key of another device is accredited for this ballot. Scan or type the text of the card, then its PIN.
kiosk-card-take = Take over the key
kiosk-card-taking = Opening the card…
kiosk-card-fault-no-card = This is not the whole text of a card. Check it.
kiosk-card-fault-other-seat = This card belongs to another seat.
kiosk-card-fault-wrong-pin = The PIN is wrong.
kiosk-card-fault-other-key = The key of this card is not the one that is accredited for this ballot.
kiosk-card-wait = { $n ->
    [one] Try again in { NUMBER($n) } second
   *[other] Try again in { NUMBER($n) } seconds
}
kiosk-no-vote = No vote in progress
kiosk-next-item = Now before the assembly
kiosk-votes-for = You also vote for: { $names }
kiosk-voted-for-by = { $name } votes for you, unless you vote
kiosk-votes-by = Votes now: { $name }
kiosk-votes-by-nobody = Nobody has said who votes
kiosk-hand-over = Hand the vote over
kiosk-hand-over-title = Who votes from now on?
kiosk-hand-over-hint = A vote that has been cast stands as it is.
kiosk-hand-over-confirm = { $name } votes from now on
kiosk-hand-over-failed = The hall did not take it. Try again, or call the operator.
kiosk-hand-over-now = votes now
kiosk-announced = Voting is not open yet
kiosk-open = The voting is open
kiosk-choose = Touch your choice
kiosk-sending = Sending…
kiosk-secret-checking = Your sealed vote is being checked…
kiosk-secret-recorded = Recorded. Your vote is secret.
kiosk-unlinked-recorded = You voted. Who voted what is not recorded.
kiosk-recorded = Your vote has been recorded
kiosk-recorded-choice = Recorded: { $choice }
kiosk-code = Receipt code
kiosk-receipt = Signed receipt
kiosk-receipt-hint = The hall signed that it has your sealed vote; not how you voted. Scan or copy it: if the vote were missing in the archive, it proves that the hall lost it.
kiosk-receipt-code = Code of the signed receipt
kiosk-key = Seat key
kiosk-scrutineers-key = Scrutineers' key
kiosk-tracker = Tracker
kiosk-sealed-fingerprint = Fingerprint of the sealed vote
kiosk-change-to = Change to
kiosk-change-hint = You can change it until the vote is closed
kiosk-final = This vote cannot be changed
kiosk-last-call = Voting is about to close
kiosk-not-voted-yet = You have not voted
kiosk-suspended = Voting interrupted
kiosk-suspended-kept = Your vote is kept
kiosk-time-out = Awaiting the Chair
kiosk-closed = The voting is closed
kiosk-your-vote = Your vote: { $choice }
kiosk-did-not-vote = You did not vote
kiosk-too-late = Too late: not counted
kiosk-press-again = The voting has changed. Touch your choice again.
kiosk-cancelled = The vote is cancelled. No vote counts.
kiosk-void = The vote is void. Your vote does not count.
kiosk-in-doubt = The vote is being checked. Please wait for the Chair.
kiosk-right-suspended = Your right to vote is suspended
kiosk-not-on-roll = You are not on the roll of this vote
kiosk-call-operator = Please call the operator: touch Assistance
kiosk-not-connected = No connection
kiosk-not-connected-hint = Nothing that you touch now is sent. The seat connects again by itself.
kiosk-not-trusted = The hall's certificate is not trusted
kiosk-not-trusted-hint = This seat does not know who issued it, so nothing is sent. Call the operator.
kiosk-not-sent = Not sent. Touch your choice again once the seat is connected.
kiosk-not-sealed = Your vote could not be sealed, so nothing was sent. Touch your choice again; if this stays, call the operator.
kiosk-not-opened = This seat did not open the ballot, as it must. Nothing was cast. Do not vote on this seat: call the operator.
kiosk-other-ballot = The hall's receipt names another sealed vote than this seat's. Do not take your vote as recorded: tell the operator and the scrutineers.
kiosk-other-election = The hall has changed for which key this ballot is sealed, or what it asks. Nothing was sent: tell the operator and the scrutineers.
kiosk-check-seat = Check this seat
kiosk-check-on = You are checking this seat. Nothing is cast until you say so.
kiosk-check-end = Stop checking
kiosk-check-review = Check your vote, then seal it
kiosk-check-seal = Seal, do not cast yet
kiosk-check-sealing = Sealing…
kiosk-check-shown = Sealed, and not cast yet
kiosk-check-shown-hint = Note the fingerprint. Then decide: until now this seat could not know which you would do.
kiosk-check-chosen = You chose:
kiosk-check-cast = Cast this vote
kiosk-check-open = Open it to check
kiosk-check-opening = Opening…
kiosk-check-opened = Opened: this ballot is spent and was not cast
kiosk-check-must-hold = The check must find:
kiosk-check-opened-hint = Scan the code with a device of your own, and compare the fingerprint there with the one that you noted. Then vote.
kiosk-check-code = Code with everything that went into this ballot
kiosk-check-no-code = No code can be made of it: copy the text instead.
kiosk-check-text = Everything that went into this ballot
kiosk-check-copy = Copy as text
kiosk-check-copied = Copied
kiosk-check-vote = Vote now
kiosk-check-earlier = The vote that you cast before still counts
kiosk-no-answer = It is not known whether your vote was recorded. Touch your choice again.
kiosk-replaced = This seat is now used on another device
kiosk-replaced-hint = If that was not you, call the operator.
kiosk-use-here = Use this device
kiosk-revoked = This device may no longer vote. Call the operator.
kiosk-protocol = This screen is out of date. Reload it, or call the operator.
kiosk-reload = Reload
kiosk-assistance = Assistance
kiosk-assistance-called = Assistance is on its way
kiosk-assistance-cancel = No longer needed
kiosk-point-of-order = Point of order
kiosk-point-of-order-raised = Point of order: the Chair has been told
kiosk-point-of-order-withdraw = Withdraw
kiosk-text-size = Text size
kiosk-text-size-value = { $size ->
    [1] Normal
    [2] Large
    [3] Larger
   *[4] Largest
}
kiosk-result = Result
kiosk-choices-label = Choices
kiosk-lamp-label = { $lit ->
    [yes] { $choice }, recorded
   *[no] { $choice }
}

## Kiosk: a test vote, a quorum check, and what is answered in the hall

kiosk-test-press = Press: { $choice }
kiosk-test-recorded = TEST: your press has arrived
kiosk-test-right = This is the button that was asked for
kiosk-test-wrong = Another button was asked for: { $choice }
kiosk-test-yours = TEST: you pressed { $choice }
kiosk-test-missed = TEST: no press came from this seat
kiosk-test-hint = This is a test. Nothing is decided.
kiosk-poll-hint = This is an informal poll. Nothing is decided.
kiosk-present = Present
kiosk-presence-ask = The quorum is being checked
kiosk-presence-touch = Touch “Present”
kiosk-presence-recorded = Your presence has been recorded
kiosk-presence-missed = Your presence was not recorded
kiosk-hands = Vote by raising your hand
kiosk-hands-hint = The tellers count the hands. There is nothing to touch at the seat.
kiosk-paper = Vote on your ballot paper
kiosk-paper-hint = The tellers collect and count the papers. There is nothing to touch at the seat.
kiosk-roll-call = Answer aloud when you are called
kiosk-roll-call-hint = In favour, against, abstention or pass. There is nothing to touch at the seat.
kiosk-consensus = The Chair proposes to adopt this without a vote
kiosk-consensus-hint = Whoever objects says so in the hall. There is nothing to touch at the seat.
kiosk-called-now = You are called: answer aloud
kiosk-called-next = You are next
kiosk-called-passed = You passed: you will be called again
kiosk-calling = Now called: { $member }
kiosk-second-call = Second call
kiosk-answered = { $n ->
    [one] { NUMBER($n) } Member has answered
   *[other] { NUMBER($n) } Members have answered
}

## Kiosk: the ballot paper of an election

kiosk-round = Round { NUMBER($n) }
kiosk-tie-ballot = Tie ballot
kiosk-places = { $places ->
    [one] { NUMBER($places) } place to fill
   *[other] { NUMBER($places) } places to fill
}
kiosk-names-most = { $most ->
    [one] Choose { NUMBER($most) } name
   *[other] Choose up to { NUMBER($most) } names
}
kiosk-names-chosen = { NUMBER($chosen) } of { NUMBER($most) } chosen
kiosk-names-full = { NUMBER($most) } are chosen already. Take one away first.
kiosk-names-below = More names below
kiosk-names-above = More names above
kiosk-candidates = Candidates
kiosk-review = Review
kiosk-review-title = Check your vote, then cast it
kiosk-cast = Cast
kiosk-back-to-names = Back to the names
kiosk-blank = Blank vote
kiosk-blank-hint = A blank vote names nobody
kiosk-change-vote = Change my vote
kiosk-keep-vote = Keep my vote
kiosk-bad-names = Your vote was not counted: it does not fit this ballot. Choose again from the names shown.
kiosk-number-typed = Number: { $typed }
kiosk-keys-choose = Number: choose · Enter: review · B: blank vote
kiosk-keys-review = Enter: cast · Esc: back
kiosk-keys-pages = Page Up, Page Down: page { NUMBER($page) } of { NUMBER($pages) }

## Why a press was refused: what happened, and what to do

refused-unknown-ballot = This vote is no longer on. Wait for the next one.
refused-not-open = The voting is not open. Your touch was not counted.
refused-closed = Too late: not counted
refused-not-on-roll = You are not on the roll of this vote. Please call the operator.
refused-not-accredited = Your seat is not accredited for this secret ballot. Please call the operator.
refused-suspended-right = Your right to vote is suspended. Please call the operator.
refused-not-revocable = This vote cannot be changed. Your first choice stands.
refused-bad-choice = This choice is not offered in this vote. Touch one of those shown.
refused-bad-proof = Your vote could not be checked and was not counted. Please vote again.
refused-press-id-reused = Your touch was not counted. Please touch your choice again.
refused-replaced = This seat is now used on another device. Vote there, or call the operator.
refused-rate-limited = Too many touches. Wait a moment, then touch your choice again.
refused-unavailable = It is not known whether your vote was stored. The seat sends it again by itself.

## Hall display

display-title = Hall display
display-idle = { $item ->
    [none] The assembly will begin shortly
   *[other] Item { $item }
}
display-agenda = Agenda
display-presence = Members present
display-presence-count = { NUMBER($present) } of { NUMBER($members) } Members present
display-announced = Voting is about to begin
display-open = The voting is open
display-last-call = Have all Members voted?
display-voted = voted
display-voted-of = of { NUMBER($entitled) } entitled to vote
display-suspended = Voting interrupted
display-suspended-kept = Votes are kept
display-time-out = Awaiting the Chair
display-closed = The voting is closed
display-opening = The scrutineers open the count
display-awaiting = Awaiting the Chair
display-recording = The vote is being recorded
display-in-doubt = The vote is being checked
display-cancelled = The vote is cancelled
display-void = The vote is void
display-consensus = Adopted without a vote
display-counts-withheld = Counts are shown after the declaration
display-result = Result
display-board = Votes of the Members
display-board-page = Page { NUMBER($page) } of { NUMBER($pages) }
display-not-live = NOT LIVE
display-not-live-hint = This screen shows an earlier state
display-test = TEST: this vote does not count
display-rehearsal = REHEARSAL
display-blank = Blank
display-round = Round { NUMBER($round) }
display-tie-ballot = Tie ballot
display-places = { $places ->
    [one] { NUMBER($places) } place to be filled
   *[other] { NUMBER($places) } places to be filled
}
display-names-per-ballot = { $names ->
    [one] Choose { NUMBER($names) } name
   *[other] Choose up to { NUMBER($names) } names
}
display-candidates = Candidates in the order of the ballot
display-elected = Elected
display-stays = Stays for the next round
display-leaves = Not in the next round
display-elected-so-far = Elected so far: { $names }
display-next-round = In the next round: { $names }
display-blank-papers = { $n ->
    [one] Blank paper: { NUMBER($n) }
   *[other] Blank papers: { NUMBER($n) }
}
display-called = Now called
display-called-again = Second call: now called
display-called-next = Next: { $names }
display-called-all = All Members have been called
display-called-passed = Passed, to be called again: { NUMBER($n) }
display-answered = { $answered ->
    [one] { NUMBER($answered) } of { NUMBER($entitled) } Members has answered
   *[other] { NUMBER($answered) } of { NUMBER($entitled) } Members have answered
}
display-hands = The tellers count the raised hands
display-paper = The tellers collect and count the papers
display-tellers-wait = Numbers are shown once they are confirmed
display-test-word = TEST
display-test-press = Test vote: please press
display-test-closed = The test vote is finished
display-attendance-press = Press “Present”
display-attendance-open = The quorum is being checked
display-attendance-closed = The quorum check is closed
display-poll-note = Informal poll: nothing is decided
display-sound-off = Sound off – touch to enable
display-pair-title = Hall display
display-pair-hint = Open this display from the console.
display-scene-label = Hall display: { $scene }

## Scenes of the hall display

scene-auto = Follow the vote
scene-idle = Item
scene-agenda = Agenda
scene-presence = Presence
scene-question = Question
scene-voting = Voting
scene-closed = Voting closed
scene-result = Result
scene-board = Board of Members
scene-hemicycle = Hemicycle
scene-message = Message
scene-interrupted = Voting interrupted
scene-blank = Blank

## Commands, as on buttons

command-create = New motion
command-update = Save changes
command-announce = Announce
command-open = Open the voting
command-suspend = Interrupt
command-resume = Resume
command-extend = 30 seconds more
command-last-call = Last call
command-close = Close the voting
command-declare = Declare the result
command-certify = Certify
command-publish = Publish
command-cancel = Cancel the vote
command-void = Declare the vote void
command-second-vote = Second vote on the proposal
command-next-round = Next round
command-tie-ballot = Tie ballot
command-lots = Enter the drawing of lots
command-ask-chair = Enter the Chair's decision
command-call = Enter the answer
command-second-call = Second call
command-rerun = Vote again
command-hands = Enter a show of hands
command-paper = Enter the count of the papers
command-correct = Record a correction
command-consensus = Adopt without a vote
command-recover = Settle the vote in doubt
command-next-item = Next item
command-explanations = Explanations of vote

## What a command does, asked before it is done

confirm-announce = Freeze the roll and announce this vote to the hall?
confirm-open = Hold for one second to open the voting
confirm-suspend = Interrupt the voting? The votes are kept.
confirm-resume = Open the voting again?
confirm-extend = { $seconds ->
    [one] Keep the voting open { NUMBER($seconds) } second longer?
   *[other] Keep the voting open { NUMBER($seconds) } seconds longer?
}
confirm-last-call = Ring the bell and ask whether all Members have voted?
confirm-close = Hold for one second to close the voting. It cannot be opened again.
confirm-declare = Show this result to the hall?
confirm-certify = Certify the record? It is signed and can no longer be changed, only corrected by addition.
confirm-publish = Publish the certified record?
confirm-cancel = Cancel this vote? No vote counts and no count is shown.
confirm-void = Declare this vote void? The record keeps what was counted; there is no decision.
confirm-second-vote = Open a second vote on the same proposal? This is the Chair's decision.
confirm-next-round = Prepare the next round?
confirm-tie-ballot = Prepare a ballot between those who are tied?
confirm-lots = Enter the names in the order in which they were drawn, and the witnesses.
confirm-ask-chair = Enter the names that the Chair has decided for, and the reason.
confirm-call = Record this answer?
confirm-second-call = Call those who passed again?
confirm-rerun = Prepare a new vote on the same question? It is linked to this one.
confirm-hands = Enter the count of a show of hands?
confirm-paper = Enter the count of the papers?
confirm-correct = Add a correction to the record? The result does not change.
confirm-consensus = Has the Chair heard no objection? The item is then adopted without a vote.
confirm-recover = This decision is recorded with your name and your reason.
confirm-next-item = Go to the next item?
confirm-explanations = Show “Explanations of vote” to the hall?
confirm-reason = Reason
confirm-reason-hint = Recorded with your name
confirm-reason-missing = Give a reason
confirm-do = Confirm
confirm-hold = Hold to confirm
confirm-holding = Keep holding…
confirm-released = Released too early: nothing was done
console-with-reason = Do it all the same, with a reason
field-seconds = Seconds
field-text = Text of the correction
field-member = Member
field-intention = Declared intention
field-missing = Fill in this field
field-unknown = This screen cannot ask for: { $fields }. Reload it.

## Console

console-title = Operator's console
console-sign-in = Sign in
console-sign-in-title = Sign in to the console
console-user = User
console-password = Password
console-sign-in-failed = User or password is wrong
console-sign-out = Sign out
console-signed-in-as = Signed in as { $user } ({ $role })
console-agenda = Agenda
console-agenda-empty = The agenda has no items
console-sitting-opens = Opens at { $time }
console-ballots-of-item = Votes on this item
console-no-ballot = No vote is selected
console-no-ballot-hint = Pick an item, then prepare a motion.
console-select-item = Select item { $number }
console-on-air = On the hall display
console-preview = Preview
console-take = Take to the display
console-freeze = Freeze the display
console-frozen = The display is frozen
console-unfreeze = Release the display
console-blank-display = Blank the display
console-question = Question
console-rule = Majority
console-turnout = Turnout
console-elapsed = Open for { $time }
console-closes-in = Timer: { $time }
console-timer-out = The time is over: awaiting the Chair
console-next = Next
console-next-none = Nothing to do now
console-more = More commands
console-say-now = The Chair says
console-if-all-vote = { $needed ->
    [one] If all vote, { NUMBER($needed) } vote in favour is needed
   *[other] If all vote, { NUMBER($needed) } votes in favour are needed
}
console-needed-varies = The number needed depends on how many vote in favour or against
console-entitled-present = { NUMBER($entitled) } entitled, { NUMBER($present) } present
console-recording = The close is being recorded
console-result-not-declared = Not yet declared: only you and the Chair see this
console-link-kiosk = Seat tablet
console-link-display = Hall display
console-link-chair = Chair's page
console-devices = Devices
console-display = Hall display
console-expired = Your session has ended. Sign in again.
console-wrong-role = This account is for the role { $role }. The console needs an operator.
console-password-show = Show the password
console-password-hide = Hide the password
console-try-again = Try again
console-held = Scene held
console-not-now = That is not possible now
console-on-floor = Now on the floor
console-go-to-ballot = Go to the vote
console-other-ballots = Other votes
console-show-all = Show all
console-show-item = Show this item to the hall
console-open-for = Open for
console-timer = Timer
console-hold-scene = Hold this scene
console-follow = Follow the vote
console-journal-all = Whole journal
console-no-quorum-asked = This assembly asks for no quorum

## Console: elections, the other ways of deciding, people

console-interrupt-why = Interrupt, with a reason
console-open-from = Open, beginning with a given name
console-rerun-paper = Run again on paper
console-rerun-roll-call = Run again by roll-call
console-optional = { $field } (may stay empty)
console-field-start = Name called first
console-field-answer = Answer
console-field-withdrawn = Withdrawn since the last round
console-field-names = Names that the Chair has decided for
console-field-drawn = Names drawn
console-field-witnesses = Witnesses
console-field-candidates = New candidates
console-new-candidates-hint = One name a line; the rulebook lets them into a ballot that is not restricted
console-photo = Photo
console-photo-choose = Choose a photo of { $name }
console-photo-remove = Remove the photo of { $name }
console-field-counts = Count
console-drawn-hint = Tick the names in the order in which they are drawn.
console-witnesses-hint = One name a line, at least two people who saw the drawing
console-witnesses-missing = Name at least two witnesses, one a line
console-counts-missing = Fill in each number, 0 where there is none
console-count-ballots = Papers with at least one name
console-count-blank = Blank papers
console-count-spoilt = Spoilt papers
console-count-invalid = Invalid papers
console-secret-no-key = The scrutineers have not made the key yet: hold the key ceremony first.
console-secret-accredited = { $n ->
    [one] { NUMBER($n) } Member may vote in secret: its seat is accredited
   *[other] { NUMBER($n) } Members may vote in secret: their seats are accredited
}
console-secret-without = Present, but without an accredited seat: { $members }
console-secret-signed = The list of who may vote is signed by { $names }
console-secret-unsigned = { $n ->
    [one] Waiting for { NUMBER($n) } signature; not signed yet: { $names }
   *[other] Waiting for { NUMBER($n) } signatures; not signed yet: { $names }
}
console-secret-proving = { $n ->
    [one] { NUMBER($n) } sealed ballot is being checked
   *[other] { NUMBER($n) } sealed ballots are being checked
}
console-secret-opened = Opened by { $names }
console-secret-unopened = { $n ->
    [one] Waiting for { NUMBER($n) } scrutineer to open the count; still to come: { $names }
   *[other] Waiting for { NUMBER($n) } scrutineers to open the count; still to come: { $names }
}
console-secret-turned-away-form = Not taken, no ballot on this question: { $members }
console-secret-turned-away-election = Not taken, sealed for another election: { $members }
console-secret-turned-away-credential = Not taken, signed with another key than the accredited one: { $members }
console-secret-turned-away-signature = Not taken, the signature does not hold: { $members }
console-secret-turned-away-proof = Refused, the proofs do not hold: { $members }
console-secret-turned-away-replayed = Not taken, a ballot that was cast before: { $members }
console-secret-turned-away-late = Not taken, after the close: { $members }
console-secret-fingerprint = Fingerprint of the election
console-tellers-hint = The count stands once it is entered twice with the same numbers.
console-tellers-second = { $who } has entered a first count. It waits for the second one.
console-tellers-another = Another person enters it.
console-kind = What is asked
console-kind-test = Everyone is asked to press the same button. It decides nothing.
console-kind-attendance = One button, “Present”. It tells whether there is a quorum.
console-kind-poll = Counted and shown. It decides nothing.
console-asked = Button asked for
console-rehearsal = Only for practice: marked TEST
console-election-new = New election
console-election-from-item = Election on item { $number }
console-election-unsupported = This election cannot be taken here yet.
console-region = Region
console-region-missing = Choose the region
region-africa = Africa
region-americas = Americas
region-asia = Asia
region-europe = Europe
region-oceania = Oceania
console-places = Places to be filled
console-places-bounds = Places: from 1 to 100
console-names-per-ballot = Names on a ballot paper, at most
console-names-bounds = Names on a ballot paper: from 1 to 100
console-candidates = Candidates
console-candidates-missing = Nobody can be elected: add a candidate
console-candidate = Candidate
console-candidate-add = Add a candidate
console-candidate-name = Name
console-candidate-member = From which Member
console-candidate-up = Move { $name } up
console-candidate-down = Move { $name } down
console-candidate-remove = Remove { $name }
console-candidate-unnamed = Candidate { NUMBER($place) } has no name
console-candidate-unnamed-in = { $name } has no name in { $language }
console-candidate-twice = { $name } stands twice
console-same-name = Same in all languages
console-order = Order of the candidates
console-order-drawn = Drawn by lot, once for all screens
console-order-given = As given here
console-order-alphabetical = Alphabetical
console-round = Round { NUMBER($round) }
console-tie-round = Tie ballot, round { NUMBER($round) }
console-round-places = { $places ->
    [one] { NUMBER($places) } place
   *[other] { NUMBER($places) } places
}, { $names ->
    [one] one name a paper
   *[other] at most { NUMBER($names) } names a paper
}
console-round-needed = Needed: { NUMBER($needed) } of { NUMBER($base) }
console-elected-so-far = Elected so far
console-votes = Votes
console-standing = What became of it
console-standing-elected = Elected
console-standing-out = No longer stands
console-standing-stays = Stays
console-first-call = First call
console-second-call = Second call
console-answered = { $n ->
    [one] { NUMBER($n) } has answered
   *[other] { NUMBER($n) } have answered
}
console-nobody-to-call = Everybody has been called
console-answer-pass = Pass
console-called-next = Called next
console-passed = Passed
console-keys-answers = Roll-call: in favour, against, abstention, pass
console-test-report = Report of the test vote
console-test-right = { $n ->
    [one] { NUMBER($n) } pressed the button asked for
   *[other] { NUMBER($n) } pressed the button asked for
}
console-test-faultless = Nothing to look at: everybody pressed in time.
console-test-silent = Silent
console-test-wrong = Pressed another button
console-test-late = Too late
console-test-pressed = pressed: { $choice }
console-people = People
console-role = Role
console-person-add = Add the person
console-person-added = { $user } can now sign in ({ $role }).
console-password-short = Give a name, and a password of at least 8 characters
console-fingerprint = Fingerprint of the hall's key
console-fingerprint-hint = Whoever checks a record compares it with this.
console-waiting-title = Waits for a second person
console-waiting-by = { $who } asks: { $command }
console-waiting-approve = Approve
console-waiting-refuse = Refuse

## Console: a new motion

motion-new = New motion
motion-from-item = Motion on item { $number }
motion-title = Title
motion-title-in = Title in { $language }
motion-title-missing = The title is missing in { $language }
motion-document = Document symbol
motion-matter = The Chair calls it
matter-resolution = Draft resolution
matter-proposal = Proposal
matter-amendment = Amendment
matter-paragraph = Paragraph
matter-budget = Programme and budget
matter-constitution-amendment = Amendment to the Constitution
matter-regulations-amendment = Amendment to the Regulations
matter-admission = Admission of a Member
matter-host = Host of a session
matter-appointment = Appointment
matter-convention = Convention or other instrument
matter-procedural = Procedural motion
motion-matter-usual = As the decision type says
motion-part-of = Part of the text
motion-part-none = It is a whole
motion-part-hint = Parts are put to the vote first, in the order of their places: the amendment furthest from the text has place 1.
motion-part-place = Place
motion-part-place-missing = Give the place of the part: 1, 2, 3…
motion-decision = Decision
motion-mode = Mode
motion-disclosure = Shown while open
motion-timer = Timer in seconds
motion-timer-none = No timer
motion-auto-close = Close by itself when the timer ends
motion-timer-bounds = From 5 to 86400 seconds
motion-revocable = A vote can be changed until the close
motion-create = Prepare the vote
motion-created = The vote is prepared
motion-edit = Edit
motion-blocked = Cannot be announced yet
motion-blocked-language = The text is missing in { $language }
motion-blocked-quorum = There is no quorum
motion-blocked-decision = Choose the kind of decision
motion-override = Announce all the same, with a reason
motion-silent = { $n ->
    [0] All seats have answered
    [one] { NUMBER($n) } seat is silent
   *[other] { NUMBER($n) } seats are silent
}

## Console: exceptions, and the roll

exceptions-title = Exceptions
exceptions-none = Nothing calls for you
exceptions-silent = Silent
exceptions-silent-hint = Connected, has not voted
exceptions-offline = Offline
exceptions-offline-hint = No device is connected at this seat
exceptions-refused = Refused
exceptions-refused-hint = Presses that were not counted
exceptions-assistance = Assistance
exceptions-point-of-order = Points of order
exceptions-seen = Seen
exceptions-more = { $n ->
    [one] and { NUMBER($n) } more
   *[other] and { NUMBER($n) } more
}
exceptions-count = { $label }: { NUMBER($n) }
members-find = Find a Member
members-find-hint = Name or code
members-none-found = No Member has this name
members-title = Members
member-present = Present
member-not-present = Not present
member-online = Online
member-offline = Offline
member-voted = Has voted
member-silent = Has not voted
member-suspended = Right to vote suspended
member-set-present = Mark as present
member-set-absent = Mark as absent
member-suspend-right = Suspend the right to vote
member-restore-right = Restore the right to vote
member-right-hint = It takes effect from the next vote that is announced.
member-name-unapproved = The name has not been approved for this assembly
admit-title = Admit a Member
admit-hint = The Member is on the roll from the next vote that is announced. Its seat gets a code at once.
admit-code = Code (two letters of the country)
admit-name = Name: { $language }
admit-tile = Short form, at most 18 characters: { $language }
admit-ballot = Admitted by the vote
admit-do = Admit the Member
admit-incomplete = Fill in the marked fields. Without a vote, a reason is needed.
admit-done = { $name } is a Member now.
member-proxy = Voted for by
member-proxy-give = Give the proxy
member-proxy-end = End the proxy
member-votes-by = Votes for the Member
member-hand-over = Hand the vote over
member-delegation = Delegation
member-delegates = Delegates
member-delegates-hint = One name a line, the head of the delegation first
member-delegation-set = Name the delegation
member-withdraw = The Member leaves the assembly
member-withdraw-hint = It is taken off the roll, and its seats stop at once. Not while a vote is on the floor. A reason is needed.
member-withdraw-do = Take off the roll

## Console: after the close

reconcile-title = Reconciliation
reconcile-line = { NUMBER($voted) } voted + { NUMBER($not_voted) } not voting + { NUMBER($absent) } absent + { NUMBER($suspended) } suspended = { NUMBER($members) } Members
reconcile-good = The sum is right
reconcile-bad = The sum is wrong: do not declare. Call the technician.
reconcile-offline = { $n ->
    [one] { NUMBER($n) } seat was offline at the close
   *[other] { NUMBER($n) } seats were offline at the close
}
reconcile-refused = { $n ->
    [one] { NUMBER($n) } press was refused
   *[other] { NUMBER($n) } presses were refused
}
reconcile-corrections = Corrections
reconcile-correction-hint = A correction is added to the record. It never changes the result.

## Console: a ballot in doubt

doubt-title = This vote is in doubt
doubt-explain = After the restart the ballot box does not hold everything that was confirmed to the seats. Voting has stopped and does not go on by itself.
doubt-missing = The ballot box is missing.
doubt-behind = { $n ->
    [one] { NUMBER($n) } confirmed press is missing from the ballot box.
   *[other] { NUMBER($n) } confirmed presses are missing from the ballot box.
}
doubt-tampered = The ballot box holds something other than what was confirmed.
doubt-keep = Go on with what the box holds
doubt-keep-hint = Members see what is stored for them and can vote again. Choose this only if the Chair has told the hall.
doubt-close = Close with what the box holds
doubt-close-hint = The votes stored in the box count. Choose this only if the record agrees with the Members' receipts.
doubt-cancel = Cancel the vote
doubt-cancel-hint = No vote counts. The vote is held again as a new one.
doubt-void = Declare the vote void
doubt-void-hint = There is no decision. The record keeps what is left.

## Console: journal, record, pairing

journal-title = Journal
journal-empty = Nothing has been recorded yet
journal-seq = No.
journal-time = Time
journal-event = Event
journal-actor = By
journal-head = Head of the chain
record-title = Record
record-download = Download the signed record
record-download-format = Download as { $format }
record-verify-hint = Check it with: hemicycle verify FILE
record-not-yet = The record can be downloaded once the result is declared
pair-title = Connect a device
pair-seat = Connect a seat
pair-display = Connect a hall display
pair-chair = Connect the Chair's page
pair-scan = Scan this code with the device
pair-once = Issuing a new code stops the device that uses the old one
pair-one-seat = For a single seat, open the Member in the list.
pair-issued = { $n ->
    [one] { NUMBER($n) } code issued
   *[other] { NUMBER($n) } codes issued
}
pair-issue = Issue a new code
pair-copy = Copy the address
pair-copied = Copied
pair-all-seats = Codes for all seats
pair-print = Print

## Console: keyboard

keys-title = Keyboard
keys-hint = Keys are off while you type in a field
keys-next = Next step
keys-hold = Hold one second: open or close the voting
keys-bell = Bell
keys-last-call = Last call
keys-interrupt = Interrupt or resume
keys-extend = 30 seconds more
keys-silent = Silent seats
keys-assistance = Calls for assistance
keys-quorum = Quorum
keys-find = Find a Member
keys-preview = Preview a scene
keys-take = Take the preview to the display
keys-freeze = Freeze the display
keys-blank = Blank the display
keys-journal = Journal
keys-help = This help
keys-escape = Leave a dialogue
key-enter = Enter
key-shift = Shift
key-escape = Esc

## Chair's page

chair-title = Chair
chair-say-now = Say now
chair-nothing = No vote in progress
chair-not-declared = NOT YET DECLARED
chair-declared = DECLARED
chair-turnout = Voted
chair-points-of-order = Points of order
chair-points-of-order-none = No points of order
chair-request-bell = Ask for the bell
chair-request-last-call = Ask for the last call
chair-request-close = Ask to close the voting
chair-requested = The operator has been asked
chair-request-bell-received = The Chair asks for the bell
chair-request-last-call-received = The Chair asks for the last call
chair-request-close-received = The Chair asks to close the voting
chair-next-announce = We shall now vote on { $title }.
chair-next-open = The voting is open. Members will please vote now.
chair-next-last-call = Have all Members voted? The voting is about to close.
chair-next-close = The voting is closed.
chair-next-sealed = The voting is closed. The scrutineers now open the count.
chair-next-suspended = The voting is interrupted. Your votes are kept. Please remain seated.
chair-next-resumed = The voting is open again.
chair-next-cancelled = The vote is cancelled. No vote counts.
chair-next-void = The vote is void. There is no decision.
chair-next-in-doubt = The vote is being checked. Please remain seated.
chair-next-time-out = The time is over. The Chair closes the voting.
chair-next-hands = Members in favour will please raise their hands; then those against; then those abstaining.
chair-next-paper = Members will please fill in their ballot papers. The tellers will collect them.
chair-next-call = { $name }: in favour, against or abstention?
chair-next-second-call = Members who passed will now be called again.
chair-next-call-over = All Members have answered. The voting is about to close.

## What became of a Member in a ballot, and what a seat can ask for

status-voted = Voted
status-not-voted = Not voting
status-absent = Absent
status-suspended = Right to vote suspended
status-unnamed = Not recorded by name
signal-assistance = Assistance
signal-point-of-order = Point of order

## Roles

role-operator = Operator
role-chair = Chair
role-scrutineer = Scrutineer
role-display = Display
role-seat = Seat

## Problems that the server answers with, by their code

problem-title = That did not work
problem-unknown = Something went wrong ({ $code }). Try again, or call the technician.
problem-network = The server does not answer. Nothing was done, as far as this screen knows.
problem-not-allowed-now = That is not possible in this phase
problem-unknown-ballot = There is no such vote
problem-secret-undecided = A secret ballot waits that only the present key opens. Declare or cancel it first.
problem-no-key = There is no key for secret ballots yet: the scrutineers have to make it
problem-nobody-accredited = No present Member's seat can vote in secret yet
problem-not-signed = Two scrutineers have to sign who may vote
problem-floor-taken = Another vote is on the floor. Finish it first.
problem-bad-field = A field is missing or wrong
problem-no-quorum = There is no quorum. A reason is needed to go on.
problem-tallies-differ = The two counts differ. Count again and enter the count twice.
problem-second-person = Another person has to confirm this
problem-nothing-waits = Nothing waits for a second person
problem-run-again = This vote was taken again already
problem-out-of-order = Other votes come first. A reason is needed to depart from the order.
problem-key-reused = This request was already sent with other content
problem-unauthorised = You are not signed in
problem-forbidden = Your role may not do this
problem-not-found = This does not exist
problem-malformed = The hall could not read this request
problem-too-large = This request is too large
problem-rate-limited = Too many requests. Wait a moment.
problem-unavailable = A store of the hall does not answer. Try again.

## The rule in words. server/rules/words.py says which message and with which arguments.
## A base continues a majority: "Two-thirds majority" + "of the Members present and voting"

base-yes-no = of the Members present and voting
base-valid = of the valid votes, abstentions included
base-cast = of all votes cast, abstentions and invalid votes included
base-present = of the Members present
base-entitled = of the Members entitled to vote
base-members = of all the Members of the Organization
base-valid-papers = of the valid ballot papers, blank papers not counted
base-cast-papers = of all ballot papers cast, blank and invalid papers included

measure-present = Members present
measure-cast = votes cast
measure-yes-no = votes in favour and against

rule-majority-simple = Simple majority { $base }
rule-majority-two-thirds = Two-thirds majority { $base }
rule-majority-fraction = { $strict ->
    [yes] More than { NUMBER($numerator) }/{ NUMBER($denominator) } { $base }
   *[no] At least { NUMBER($numerator) }/{ NUMBER($denominator) } { $base }
}
rule-needed-if-all-vote = { NUMBER($needed) } needed if all { NUMBER($entitled) } vote
rule-second-vote = If the majority is missed, one second vote may be taken
rule-part = { $part }: { $rule }
rule-blocking-minority = fewer than { NUMBER($number) } not in favour cannot block ({ $part })
rule-tie-ballot = The candidate with most votes is elected
rule-rounds = Rounds { NUMBER($first) } to { NUMBER($last) }: { $rule }
rule-from-round = From round { NUMBER($first) } on: { $rule }
rule-quorum-fraction = { $strict ->
    [yes] Quorum: { $measure }, more than { NUMBER($numerator) }/{ NUMBER($denominator) } { $base }
   *[no] Quorum: { $measure }, at least { NUMBER($numerator) }/{ NUMBER($denominator) } { $base }
}
rule-quorum-number = Quorum: at least { NUMBER($number) } { $measure }

## Outcomes, as a headline

outcome-adopted = Adopted
outcome-rejected = Rejected
outcome-not-adopted = Not adopted
outcome-second-vote = Majority not reached
outcome-casting-vote = Equal votes: casting vote
outcome-tie = Equal votes
outcome-no-quorum = No decision: no quorum
outcome-consensus = Adopted without a vote
outcome-elected = Elected
outcome-next-round = A further round
outcome-tie-ballot = Equal votes: tie ballot
outcome-lots = Equal votes: lots are drawn
outcome-ask = Equal votes: the Chair decides
outcome-counted = Counted

## Votes needed, and of what. The id is "needed-" and the id of the base

needed-base-yes-no = Needed { NUMBER($needed) } of { NUMBER($base) } (abstentions not counted)
needed-base-valid = Needed { NUMBER($needed) } of { NUMBER($base) } (abstentions counted)
needed-base-cast = Needed { NUMBER($needed) } of { NUMBER($base) } votes cast (abstentions and invalid votes counted)
needed-base-present = Needed { NUMBER($needed) } of { NUMBER($base) } Members present
needed-base-entitled = Needed { NUMBER($needed) } of { NUMBER($base) } Members entitled to vote
needed-base-members = Needed { NUMBER($needed) } of { NUMBER($base) } Members (all Members counted)
needed-blocking-minority = Only { NUMBER($against) } not in favour; a blocking minority takes { NUMBER($needed) }
needed-base-valid-papers = Needed { NUMBER($needed) } of { NUMBER($base) } valid papers (blank papers not counted)
needed-base-cast-papers = Needed { NUMBER($needed) } of { NUMBER($base) } papers cast (blank and invalid papers counted)

## What the Chair reads out, in full

sentence-matter-adopted = { $matter ->
    [proposal] The proposal is adopted.
    [amendment] The amendment is adopted.
    [paragraph] The paragraph is adopted.
    [budget] The programme and budget are adopted.
    [constitution_amendment] The amendment to the Constitution is adopted.
    [regulations_amendment] The amendment to the Regulations is adopted.
    [admission] The applicant is admitted to membership.
    [host] The invitation to host the session is accepted.
    [appointment] The appointment is approved.
    [convention] The instrument is adopted.
    [procedural] The motion is carried.
   *[resolution] The draft resolution is adopted.
}
sentence-matter-rejected = { $matter ->
    [proposal] The proposal is rejected.
    [amendment] The amendment is rejected.
    [paragraph] The paragraph is rejected.
    [budget] The programme and budget are rejected.
    [constitution_amendment] The amendment to the Constitution is rejected.
    [regulations_amendment] The amendment to the Regulations is rejected.
    [admission] The application for membership is rejected.
    [host] The invitation to host the session is declined.
    [appointment] The appointment is rejected.
    [convention] The instrument is rejected.
    [procedural] The motion is rejected.
   *[resolution] The draft resolution is rejected.
}
sentence-matter-not-adopted = { $matter ->
    [proposal] The proposal is not adopted.
    [amendment] The amendment is not adopted.
    [paragraph] The paragraph is not adopted.
    [budget] The programme and budget are not adopted.
    [constitution_amendment] The amendment to the Constitution is not adopted.
    [regulations_amendment] The amendment to the Regulations is not adopted.
    [admission] The applicant is not admitted to membership.
    [host] The invitation to host the session is not accepted.
    [appointment] The appointment is not approved.
    [convention] The instrument is not adopted.
    [procedural] The motion is not carried.
   *[resolution] The draft resolution is not adopted.
}
sentence-matter-consensus = { $matter ->
    [proposal] The proposal is adopted without a vote.
    [amendment] The amendment is adopted without a vote.
    [paragraph] The paragraph is adopted without a vote.
    [budget] The programme and budget are adopted without a vote.
    [constitution_amendment] The amendment to the Constitution is adopted without a vote.
    [regulations_amendment] The amendment to the Regulations is adopted without a vote.
    [admission] The applicant is admitted to membership without a vote.
    [host] The invitation to host the session is accepted without a vote.
    [appointment] The appointment is approved without a vote.
    [convention] The instrument is adopted without a vote.
    [procedural] The motion is carried without a vote.
   *[resolution] The draft resolution is adopted without a vote.
}
sentence-result = The result is: in favour { NUMBER($yes) }, against { NUMBER($no) }, { $abstain ->
    [one] abstention { NUMBER($abstain) }
   *[other] abstentions { NUMBER($abstain) }
}.
sentence-needed = { $needed ->
    [one] { NUMBER($needed) } vote in favour was needed.
   *[other] { NUMBER($needed) } votes in favour were needed.
}
sentence-adopted = { sentence-result } { sentence-matter-adopted }
sentence-rejected = { sentence-result } { sentence-matter-rejected }
sentence-not-adopted = { sentence-result } { sentence-needed } { sentence-matter-not-adopted }
sentence-second-vote = { sentence-result } { sentence-needed } The majority was not reached. A second vote on the proposal may be taken.
sentence-casting-vote = { sentence-result } The votes are equal. The Chair has the casting vote.
sentence-tie = { sentence-result } The votes are equal. Nothing is decided yet.
sentence-no-quorum = There is no quorum: { NUMBER($measured) } counted, { NUMBER($quorum) } needed. No decision is taken.
sentence-consensus = There is no objection. { sentence-matter-consensus }
sentence-part = { $part }: { NUMBER($yes) } of { NUMBER($base) } in favour, needed { NUMBER($needed) }.
sentence-parts = { sentence-result } { $parts } { $ending }
sentence-parts-adopted = { sentence-matter-adopted }
sentence-parts-not-adopted = { sentence-matter-not-adopted }
sentence-parts-second-vote = The majority was not reached in every part. A second vote on the proposal may be taken.
sentence-parts-casting-vote = The votes are equal in one part. The Chair has the casting vote.
sentence-parts-tie = The votes are equal in one part. Nothing is decided yet.
sentence-parts-no-quorum = There is no quorum. No decision is taken.
sentence-elected = { $so_far }
sentence-next-round = { $so_far } { $places ->
    [one] { NUMBER($places) } place remains to be filled.
   *[other] { NUMBER($places) } places remain to be filled.
} A further round is held between: { $names }.
sentence-tie-ballot = { $so_far } These candidates have equal votes: { $names }. A tie ballot is held between them.
sentence-lots = { $so_far } These candidates have equal votes: { $names }. Lots are drawn between them.
sentence-ask = { $so_far } These candidates have equal votes: { $names }. The Chair decides what follows.
sentence-counted = The count is finished. It decides nothing.
sentence-counted-test = The test vote is over. It decides nothing.
sentence-counted-poll = { sentence-result } This was an informal poll: nothing is decided.
sentence-counted-attendance = Members present: { NUMBER($yes) }.
sentence-counted-attendance-quorum = Members present: { NUMBER($measured) }, needed for a quorum: { NUMBER($quorum) }. There is a quorum.
sentence-counted-attendance-no-quorum = Members present: { NUMBER($measured) }, needed for a quorum: { NUMBER($quorum) }. There is no quorum.
election-votes = { $name }, { NUMBER($votes) }
election-and = { $most } and { $last }
election-list = { $most }; { $last }
election-names = { $most }, { $last }
election-result = The result of round { NUMBER($round) } is: { $list }. { $blank ->
    [one] Blank paper: { NUMBER($blank) }.
   *[other] Blank papers: { NUMBER($blank) }.
} Needed: { NUMBER($needed) } of { NUMBER($base) }.
election-tie-result = The result of the tie ballot is: { $list }. Blank papers: { NUMBER($blank) }.
election-elected = { $count ->
    [one] { $names } is elected.
   *[other] { $names } are elected.
}
election-drawn = Lots were drawn in public. Drawn: { $names }.
election-chair-settled = The Chair has decided the tie for: { $names }.
election-nobody-left = { $so_far } { $places ->
    [one] { NUMBER($places) } place remains, and nobody stands for it. New candidates are needed.
   *[other] { NUMBER($places) } places remain, and nobody stands for them. New candidates are needed.
}
person-adopted = { sentence-result } { $count ->
    [one] { $names } is elected.
   *[other] { $names } are elected.
}
person-not-adopted = { sentence-result } { sentence-needed } { $count ->
    [one] { $names } is not elected.
   *[other] { $names } are not elected.
}
person-acclaimed = There is no objection. { $count ->
    [one] { $names } is elected by acclamation.
   *[other] { $names } are elected by acclamation.
}

## What the operator is warned of before the result is declared

alarm-sum = The reconciliation does not add up. Do not declare; call the technician.
alarm-no-quorum = There was no quorum at the close: { NUMBER($measured) } counted, { NUMBER($quorum) } needed.
alarm-offline = { $n ->
    [one] { NUMBER($n) } Member that was present was offline at the close and did not vote.
   *[other] { NUMBER($n) } Members that were present were offline at the close and did not vote.
}
alarm-refused = { $n ->
    [one] { NUMBER($n) } seat had presses refused.
   *[other] { NUMBER($n) } seats had presses refused.
}
alarm-store = The store of the votes does not answer. Votes are not accepted at the moment.
alarm-clock = The clock of the votes' store jumped. No vote is lost; a running timer was corrected. Check it, extend if needed, and let the machine's clock be slewed, not set.
alarm-too-many-offices = { NUMBER($held) } of { NUMBER($most) } offices of this kind are filled already, and this vote fills { NUMBER($places) } more.
alarm-country-unknown = No country is given for { $names }: the conditions on countries and regions are not checked.

## The printed sheet of a vote

sheet-title = Record of the vote
sheet-member = Member
sheet-vote = Vote
sheet-code = Code
sheet-closed = Voting closed: { $time }
sheet-correction = Correction
sheet-intention = Declared intention: { $choice }
sheet-key = Key of the hall: { $fingerprint }
sheet-head = Head of the chain: { $head } ({ NUMBER($size) })
sheet-attached = The signed record is attached to this document: record.json
sheet-voted-in-secret = Voted (secret)
sheet-voted = Voted (not recorded)
sheet-by = by { $name }
sheet-opened = Counted under encryption and opened by { $names }; fingerprint of the election: { $fingerprint }
sheet-turned-away = { $n ->
    [one] { NUMBER($n) } sealed ballot was not taken
   *[other] { NUMBER($n) } sealed ballots were not taken
}
sheet-blank = Blank

## The scrutineers' program, in a terminal

scrutineer-yes = yes
scrutineer-no = no
scrutineer-yes-letter = y
scrutineer-no-letter = n
scrutineer-comma = {", "}
scrutineer-step-certificate = certificate
scrutineer-step-polynomial = shares
scrutineer-step-voutput = confirmation
scrutineer-in-clear = Warning: the address begins with http://. Whoever listens on this network can read your password. Use https:// in a real sitting.
scrutineer-ask-password = Password of { $user } in the hall:
scrutineer-sign-in-failed = The name or the password is wrong. Start again, or ask the operator for a new password.
scrutineer-wrong-role = { $user } is not a scrutineer in this hall. Ask the operator to add you with this role.
scrutineer-signed-in = { $user } is signed in at { $hall }.
scrutineer-session-ended = Your session has ended. Sign in again.
scrutineer-hall-silent = The hall does not answer ({ $why }). It is tried again every second; nothing is lost.
scrutineer-hall-again = The hall answers again.
scrutineer-refused = The hall refuses it: { $why }
scrutineer-stopped = Stopped. Start the program again at any time: it goes on from here.
scrutineer-new-file = A new file will hold your secret: { $file }. Choose a passphrase of at least { $least } characters. Nobody can recover it.
scrutineer-ask-passphrase = Passphrase of { $file }:
scrutineer-ask-new-passphrase = New passphrase:
scrutineer-ask-passphrase-again = The same passphrase again:
scrutineer-passphrase-short = The passphrase is too short: give at least { $least } characters, four words for example.
scrutineer-passphrases-differ = The two passphrases differ. Nothing was written; start again.
scrutineer-wrong-passphrase = This passphrase does not open { $file }. The file is whole and unchanged; try again.
scrutineer-unreadable = { $file } cannot be used ({ $why }). Take the copy that you made: hemicycle scrutineer import COPY.
scrutineer-other-hall = { $file } belongs to another hall ({ $hall }). Give another file with --file.
scrutineer-other-user = { $file } belongs to { $user }. Give your own file with --file.
scrutineer-file-exists = { $file } exists already and is not overwritten. Name another one.
scrutineer-copy-passphrase = { $file } gets a passphrase of its own, of at least { $least } characters.
scrutineer-copied = { $file } is written.
scrutineer-not-written = { $file } could not be written ({ $why }). Nothing was sent. Make room or name another place, and start again.
scrutineer-not-begun = Waiting for the operator to begin the key ceremony.
scrutineer-not-named = The operator has named { $names } for the key ceremony. You are not asked for anything.
scrutineer-ceremony = Key ceremony of { $names }. You are number { $n }. Two of the three will open each count.
scrutineer-ceremony-again = It is held again: { $reason }
scrutineer-begun-anew = The operator has begun the ceremony again.
scrutineer-making-certificate = Step 1 of 3: making your certificate.
scrutineer-making-polynomial = Step 2 of 3: making the shares for the others.
scrutineer-making-voutput = Step 3 of 3: checking what the others gave you, and confirming it.
scrutineer-taken = The hall has it: { $what }.
scrutineer-waiting = Waiting for { $names }: { $what }. { $n } of 3 to come.
scrutineer-compare = The fingerprints of the three certificates. Read them to one another aloud: the hall must not be trusted with this.
scrutineer-ask-same = Do the three of you see the same?
scrutineer-not-same = STOP. Somebody stands between you. Tell the presiding officer; the operator begins the ceremony again once it is explained.
scrutineer-wrong = STOP. What { $name } gave does not hold: { $why }. Tell the presiding officer; the ceremony has to be begun again.
scrutineer-wrong-messages = STOP. The messages in the hall do not fit together: { $why }. Tell the presiding officer.
scrutineer-lost = The hall has a message of yours that this file did not make: { $what }. Use the right file or your copy. If both are lost, ask the operator to begin the ceremony again.
scrutineer-contradiction = STOP. The hall shows something else than before: { $what } { $name }. Do not go on; tell the presiding officer.
scrutineer-key-ready = The key is made; you hold part { $n }. Its fingerprint, the same for all three:
scrutineer-keep-copy = Your secret is in { $file }. Keep a copy elsewhere: hemicycle scrutineer export COPY. Leave this program running during secret ballots.
scrutineer-other-key = This ballot is not of a key that this file has a part in. Use the file that was there at its ceremony; two of the three suffice.
scrutineer-list = Who may vote in secret: “{ $title }”
scrutineer-list-count = Accredited seats: { $n }. Fingerprint of the list: { $fingerprint }
scrutineer-list-first = It is the first list that you see. Compare it with the Members present:
scrutineer-list-same = The same as the list that you signed last.
scrutineer-list-added = New since the last list ({ $n }): { $members }
scrutineer-list-removed = No longer on it ({ $n }): { $members }
scrutineer-list-changed = With another device than before ({ $n }): { $members }
scrutineer-ask-sign = Do you sign this list?
scrutineer-signed = Your signature is in the hall.
scrutineer-not-signed = Not signed. The ballot opens without you if the other two sign.
scrutineer-list-wrong = STOP. The list does not hold: { $why }. Do not sign; tell the presiding officer.
scrutineer-list-swapped = STOP. For this ballot you signed another list. Do not go on; tell the presiding officer.
scrutineer-list-unproved = STOP. The list of this ballot is not signed by enough scrutineers: somebody may have added voters. Do not go on; tell the presiding officer.
scrutineer-list-waiting = Waiting for a signature on the list, of { $names }.
scrutineer-ballot-waiting = The list is signed. Waiting for the close of the vote.
scrutineer-archive = The vote is closed: “{ $title }”. Checking the ballot box.
scrutineer-archive-checked = Checked { $n } of { $total }.
scrutineer-archive-sound = The ballot box holds: { $n } ballots count, of { $events } cast.
scrutineer-archive-unsound = STOP. The ballot box does not hold: { $why }. Nothing was decrypted; tell the presiding officer.
scrutineer-tally-swapped = STOP. You have decrypted another count of this ballot. A second one would tell single votes; tell the presiding officer.
scrutineer-list-unsigned = You have not signed the list of this ballot. Its fingerprint: { $fingerprint }
scrutineer-too-few = Only { $n } ballots: their sum could tell who voted how. At least { $least } are needed (--least). The presiding officer decides how to vote.
scrutineer-ask-open = Do you open the count? Only the sum becomes known.
scrutineer-opened = Your part of the opening is in the hall.
scrutineer-not-opened = Not opened by you. The other two suffice.
scrutineer-opening-waiting = Waiting for a second scrutineer to open the count: { $names }.
scrutineer-is-open = The count was opened by { $names }.
scrutineer-show = File of { $user } for the hall { $hall }
scrutineer-show-share = Ceremony { $number }: part { $n } of the key
scrutineer-show-unfinished = The ceremony is not finished.
scrutineer-show-ballots = Lists signed: { $lists }. Counts opened: { $openings }.

## Console: the scrutineers' key

console-ceremony-title = Secret ballots: the scrutineers' key
console-ceremony-hint = Three scrutineers make it, each with `hemicycle scrutineer` on a machine of their own. Two of them open each count.
console-ceremony-choose = The three scrutineers (add people with this role above)
console-ceremony-missing = missing: { $names }
console-ceremony-ready = The key is made: secret ballots can be announced.
console-ceremony-begin = Begin the key ceremony
console-ceremony-again = Begin the ceremony again
console-ceremony-reason = Why it is begun again
console-ceremony-needs-three = Choose three people.
console-ceremony-needs-reason = Say why: a new ceremony ends the key of the last one.
