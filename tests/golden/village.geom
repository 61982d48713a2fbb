node 80  x 450.0 y 70.5 r 14.5 parent -1 state 12 mail 0
node 81  x 360.0 y 177.0 r 14.5 parent 0 state 12 mail 0
node 82  x 270.0 y 283.5 r 14.5 parent 1 state 12 mail 0
node 83  x 555.0 y 283.5 r 20.2 parent 1 state 10 mail 128
node 84  x 645.0 y 283.5 r 17.5 parent 1 state 13 mail 0
node 85  x 90.0 y 390.0 r 14.5 parent 2 state 12 mail 0
node 86  x 180.0 y 390.0 r 14.5 parent 2 state 10 mail 0
node 87  x 270.0 y 390.0 r 14.5 parent 2 state 12 mail 0
node 88  x 360.0 y 390.0 r 14.5 parent 2 state 11 mail 0
node 89  x 450.0 y 390.0 r 14.5 parent 2 state 12 mail 0
node 90  x 750.0 y 177.0 r 14.5 parent 0 state 11 mail 3
node 91  x 840.0 y 177.0 r 14.5 parent 0 state 15 mail 0
yard  x 6.0 y 129.0 w 888.0 h 340.5
yard  x 21.0 y 235.5 w 678.0 h 222.0
yard  x 36.0 y 342.0 w 468.0 h 103.5
edge  role 17 from 10 to 3: 733,182 640,207 574,267
edge  role 16 from 3 to 4: 578,286 600,289 623,286
edge  role 16 from 0 to 1: 450,126 450,137 360,137 360,160
edge  role 16 from 1 to 2: 360,232 360,243 270,243 270,267
edge  role 16 from 1 to 3: 360,232 360,243 555,243 555,261
edge  role 16 from 1 to 4: 360,232 360,243 645,243 645,264
edge  role 16 from 2 to 5: 270,339 270,350 90,350 90,373
edge  role 16 from 2 to 6: 270,339 270,350 180,350 180,373
edge  role 16 from 2 to 7: 270,339 270,350 270,350 270,373
edge  role 16 from 2 to 8: 270,339 270,350 360,350 360,373
edge  role 16 from 2 to 9: 270,339 270,350 450,350 450,373
edge  role 18 from 0 to 10: 450,126 450,137 750,137 750,160
edge  role 18 from 0 to 11: 450,126 450,137 840,137 840,160
letter  10 to 5 x 608.9 y 197.8 n 1
letter  6 to 3 x 312.1 y 372.4 n 1
letter  10 to 5 x 432.8 y 241.2 n 1
letter  6 to 3 x 404.8 y 348.0 n 1
letter  10 to 5 x 263.1 y 303.5 n 1
letter  6 to 3 x 493.5 y 313.8 n 1
label "12 processes · 3 running · 2 runnable · 6 waiting · 1 suspended or exiting · 1 of the system not shown"  x 0 y 527 w 714
label "bank"  x 436 y 93 w 28
label "bank:start/0"  x 408 y 109 w 84
label "bank_sup"  x 332 y 200 w 56
label "proc_lib:in…"  x 318 y 216 w 84
label "teller_sup"  x 235 y 306 w 70
label "proc_lib:in…"  x 228 y 322 w 84
label "ledger"  x 534 y 306 w 42
label "proc_lib:in…"  x 513 y 322 w 84
label "128"  x 569 y 259 w 21
label "audit"  x 627 y 306 w 35
label "proc_lib:in…"  x 603 y 322 w 84
label "<0.85.0>"  x 62 y 413 w 56
label "bank:teller…"  x 48 y 429 w 84
label "<0.86.0>"  x 152 y 413 w 56
label "bank:teller…"  x 138 y 429 w 84
label "<0.87.0>"  x 242 y 413 w 56
label "bank:teller…"  x 228 y 429 w 84
label "<0.88.0>"  x 332 y 413 w 56
label "bank:teller…"  x 318 y 429 w 84
label "<0.89.0>"  x 422 y 413 w 56
label "bank:teller…"  x 408 y 429 w 84
label "client"  x 729 y 200 w 42
label "bank:client…"  x 708 y 216 w 84
label "3"  x 761 y 158 w 7
label "<0.91.0>"  x 812 y 200 w 56
label "bank:crash/0"  x 798 y 216 w 84
