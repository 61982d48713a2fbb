lane  x 110.0 y 12.0 w 698.0 h 28.0
lane  x 110.0 y 66.0 w 698.0 h 28.0
lane  x 110.0 y 156.0 w 698.0 h 14.0
lane  x 110.0 y 176.0 w 698.0 h 14.0
lane  x 110.0 y 196.0 w 698.0 h 14.0
lane  x 110.0 y 216.0 w 698.0 h 14.0
span  role 10 pid 83 x 110.0 w 21.9 y 12 h 28 folded 1
span  role 10 pid 82 x 110.0 w 42.9 y 66 h 28 folded 1
span  role 10 pid 83 x 132.9 w 68.9 y 12 h 28 folded 1
span  role 10 pid 81 x 153.9 w 80.2 y 66 h 28 folded 1
span  role 10 pid 80 x 202.8 w 86.4 y 12 h 28 folded 1
span  role 10 pid 82 x 235.0 w 34.2 y 66 h 28 folded 1
span  role 10 pid 83 x 270.2 w 21.3 y 66 h 28 folded 1
span  role 10 pid 80 x 292.5 w 42.1 y 66 h 28 folded 1
span  role 10 pid 81 x 335.6 w 46.6 y 66 h 28 folded 1
span  role 10 pid 83 x 338.5 w 70.8 y 12 h 28 folded 1
span  role 10 pid 80 x 383.1 w 70.2 y 66 h 28 folded 1
span  role 10 pid 81 x 410.3 w 70.8 y 12 h 28 folded 1
span  role 10 pid 80 x 454.3 w 77.6 y 66 h 28 folded 1
span  role 10 pid 82 x 482.0 w 31.2 y 12 h 28 folded 1
span  role 10 pid 83 x 514.2 w 72.5 y 12 h 28 folded 1
span  role 10 pid 81 x 532.8 w 63.9 y 66 h 28 folded 1
span  role 10 pid 80 x 587.6 w 57.3 y 12 h 28 folded 1
span  role 10 pid 83 x 645.9 w 35.1 y 12 h 28 folded 1
span  role 10 pid 80 x 646.0 w 64.1 y 66 h 28 folded 1
span  role 10 pid 81 x 682.0 w 63.4 y 12 h 28 folded 1
span  role 10 pid 82 x 711.1 w 24.2 y 66 h 28 folded 1
span  role 10 pid 80 x 736.3 w 20.1 y 66 h 28 folded 1
span  role 10 pid 83 x 746.4 w 61.6 y 12 h 28 folded 1
span  role 10 pid 82 x 757.4 w 21.6 y 66 h 28 folded 1
span  role 10 pid 83 x 110.0 w 21.9 y 216 h 14 folded 1
span  role 10 pid 82 x 110.0 w 42.9 y 196 h 14 folded 1
span  role 11 pid 83 x 131.9 w 2.0 y 216 h 14 folded 1
span  role 10 pid 83 x 133.9 w 67.9 y 216 h 14 folded 1
span  role 10 pid 81 x 153.9 w 80.2 y 176 h 14 folded 1
span  role 12 pid 82 x 152.9 w 24.7 y 196 h 14 folded 1
span  role 10 pid 80 x 202.8 w 86.4 y 156 h 14 folded 1
span  role 11 pid 82 x 177.5 w 57.5 y 196 h 14 folded 1
span  role 10 pid 82 x 235.0 w 34.2 y 196 h 14 folded 1
span  role 12 pid 81 x 234.0 w 24.7 y 176 h 14 folded 1
span  role 11 pid 83 x 201.8 w 68.4 y 216 h 14 folded 1
span  role 10 pid 83 x 270.2 w 21.3 y 216 h 14 folded 1
span  role 11 pid 80 x 289.2 w 3.3 y 156 h 14 folded 1
span  role 10 pid 80 x 292.5 w 42.1 y 156 h 14 folded 1
span  role 12 pid 82 x 269.3 w 24.7 y 196 h 14 folded 1
span  role 11 pid 81 x 258.7 w 76.9 y 176 h 14 folded 1
span  role 10 pid 81 x 335.6 w 46.6 y 176 h 14 folded 1
span  role 11 pid 83 x 291.5 w 47.0 y 216 h 14 folded 1
span  role 10 pid 83 x 338.5 w 70.8 y 216 h 14 folded 1
span  role 12 pid 80 x 334.6 w 24.7 y 156 h 14 folded 1
span  role 11 pid 80 x 359.3 w 23.9 y 156 h 14 folded 1
span  role 10 pid 80 x 383.1 w 70.2 y 156 h 14 folded 1
span  role 11 pid 81 x 382.2 w 28.1 y 176 h 14 folded 1
span  role 10 pid 81 x 410.3 w 70.8 y 176 h 14 folded 1
span  role 12 pid 83 x 409.3 w 24.7 y 216 h 14 folded 1
span  role 11 pid 80 x 453.3 w 2.0 y 156 h 14 folded 1
span  role 10 pid 80 x 455.3 w 76.5 y 156 h 14 folded 1
span  role 11 pid 82 x 293.9 w 188.1 y 196 h 14 folded 1
span  role 10 pid 82 x 482.0 w 31.2 y 196 h 14 folded 1
span  role 12 pid 81 x 481.0 w 24.7 y 176 h 14 folded 1
span  role 11 pid 83 x 433.9 w 80.2 y 216 h 14 folded 1
span  role 10 pid 83 x 514.2 w 72.5 y 216 h 14 folded 1
span  role 11 pid 81 x 505.7 w 27.2 y 176 h 14 folded 1
span  role 10 pid 81 x 532.8 w 63.9 y 176 h 14 folded 1
span  role 12 pid 82 x 513.2 w 24.7 y 196 h 14 folded 1
span  role 11 pid 80 x 531.9 w 55.8 y 156 h 14 folded 1
span  role 10 pid 80 x 587.6 w 57.3 y 156 h 14 folded 1
span  role 12 pid 81 x 596.7 w 24.7 y 176 h 14 folded 1
span  role 11 pid 83 x 586.7 w 59.3 y 216 h 14 folded 1
span  role 10 pid 83 x 645.9 w 35.1 y 216 h 14 folded 1
span  role 11 pid 80 x 644.9 w 1.1 y 156 h 14 folded 1
span  role 10 pid 80 x 646.0 w 64.1 y 156 h 14 folded 1
span  role 11 pid 81 x 621.4 w 60.7 y 176 h 14 folded 1
span  role 10 pid 81 x 682.0 w 63.4 y 176 h 14 folded 1
span  role 12 pid 83 x 681.0 w 24.7 y 216 h 14 folded 1
span  role 11 pid 82 x 537.8 w 173.3 y 196 h 14 folded 1
span  role 10 pid 82 x 711.1 w 24.2 y 196 h 14 folded 1
span  role 11 pid 80 x 710.1 w 26.2 y 156 h 14 folded 1
span  role 10 pid 80 x 736.3 w 20.1 y 156 h 14 folded 1
span  role 11 pid 83 x 705.7 w 40.7 y 216 h 14 folded 1
span  role 10 pid 83 x 746.4 w 61.6 y 216 h 14 folded 1
span  role 11 pid 82 x 735.3 w 22.1 y 196 h 14 folded 1
span  role 10 pid 82 x 757.4 w 21.6 y 196 h 14 folded 1
span  role 12 pid 81 x 745.5 w 24.7 y 176 h 14 folded 1
span  role 12 pid 80 x 756.4 w 24.7 y 156 h 14 folded 1
span  role 12 pid 82 x 779.0 w 24.7 y 196 h 14 folded 1
span  role 11 pid 80 x 781.1 w 26.9 y 156 h 14 folded 1
span  role 11 pid 81 x 770.1 w 37.9 y 176 h 14 folded 1
span  role 11 pid 82 x 803.7 w 4.3 y 196 h 14 folded 1
collection  role 9 pid 83 x 155.9 w 23.0 y 12 h 28 folded 1
collection  role 8 pid 81 x 351.1 w 15.5 y 66 h 28 folded 1
collection  role 9 pid 83 x 538.3 w 24.2 y 12 h 28 folded 1
collection  role 8 pid 82 x 719.2 w 8.1 y 66 h 28 folded 1
collection  role 9 pid 83 x 155.9 w 23.0 y 216 h 14 folded 1
collection  role 8 pid 81 x 351.1 w 15.5 y 176 h 14 folded 1
collection  role 9 pid 83 x 538.3 w 24.2 y 216 h 14 folded 1
collection  role 8 pid 82 x 719.2 w 8.1 y 196 h 14 folded 1
queue  role 20 pid -1 x 110.0 w 22.9 y 44 h 10 folded 1
queue  role 20 pid -1 x 110.0 w 43.9 y 106 h 2 folded 1
queue  role 20 pid -1 x 132.9 w 69.9 y 42 h 12 folded 1
queue  role 20 pid -1 x 153.9 w 81.2 y 98 h 10 folded 1
queue  role 20 pid -1 x 292.5 w 43.1 y 96 h 12 folded 1
queue  role 20 pid -1 x 202.8 w 135.7 y 47 h 7 folded 1
queue  role 20 pid -1 x 335.6 w 47.6 y 103 h 5 folded 1
queue  role 20 pid -1 x 383.1 w 71.2 y 98 h 10 folded 1
queue  role 20 pid -1 x 410.3 w 71.7 y 52 h 2 folded 1
queue  role 20 pid -1 x 482.0 w 32.2 y 52 h 2 folded 1
queue  role 20 pid -1 x 454.3 w 78.5 y 96 h 12 folded 1
queue  role 20 pid -1 x 514.2 w 73.5 y 49 h 5 folded 1
queue  role 20 pid -1 x 587.6 w 58.3 y 44 h 10 folded 1
queue  role 20 pid -1 x 532.8 w 113.2 y 98 h 10 folded 1
queue  role 20 pid -1 x 645.9 w 36.1 y 42 h 12 folded 1
queue  role 20 pid -1 x 646.0 w 65.1 y 101 h 7 folded 1
queue  role 20 pid -1 x 711.1 w 25.2 y 101 h 7 folded 1
queue  role 20 pid -1 x 682.0 w 64.4 y 44 h 10 folded 1
queue  role 20 pid -1 x 736.3 w 21.1 y 103 h 5 folded 1
queue  role 20 pid -1 x 746.4 w 1.0 y 42 h 12 folded 1
queue  role 20 pid -1 x 747.4 w 60.6 y 42 h 12 folded 1
queue  role 20 pid -1 x 757.4 w 1.0 y 96 h 12 folded 1
queue  role 20 pid -1 x 758.4 w 49.6 y 96 h 12 folded 1
migration  pid 83 x 270.2 y 80.0 from 201.8
migration  pid 80 x 292.5 y 80.0 from 289.2
migration  pid 83 x 338.5 y 26.0 from 291.5
migration  pid 81 x 410.3 y 26.0 from 382.2
migration  pid 82 x 482.0 y 26.0 from 269.3
migration  pid 81 x 532.8 y 80.0 from 481.0
migration  pid 80 x 587.6 y 26.0 from 531.9
migration  pid 80 x 646.0 y 80.0 from 644.9
migration  pid 81 x 682.0 y 26.0 from 596.7
migration  pid 82 x 711.1 y 80.0 from 513.2
name "Scheduler 1"  x 12 y 18 w 77
name "Scheduler 2"  x 12 y 72 w 77
name "queue ≤ 5"  x 12 y 40 w 63
name "queue ≤ 5"  x 12 y 94 w 63
name "Processes"  x 12 y 134 w 63
name "bank"  x 12 y 156 w 28
name "bank_sup"  x 12 y 176 w 56
name "teller_sup"  x 12 y 196 w 70
name "ledger"  x 12 y 216 w 42
on span "ledger"  x 138 y 19 w 42
on span "bank_sup"  x 159 y 73 w 56
on span "bank"  x 208 y 19 w 28
on span "ledger"  x 348 y 19 w 42
on span "bank"  x 389 y 73 w 28
on span "bank_s…"  x 420 y 19 w 49
on span "bank"  x 460 y 73 w 28
on span "ledger"  x 520 y 19 w 42
on span "bank_…"  x 542 y 73 w 42
on span "bank"  x 597 y 19 w 28
on span "bank"  x 656 y 73 w 28
on span "bank_…"  x 692 y 19 w 42
on span "ledger"  x 752 y 19 w 42
tick "0 µs"  x 110 y 451 w 28
tick "5 µs"  x 145 y 451 w 28
tick "10 µs"  x 191 y 451 w 35
tick "15 µs"  x 240 y 451 w 35
tick "20 µs"  x 289 y 451 w 35
tick "25 µs"  x 339 y 451 w 35
tick "30 µs"  x 388 y 451 w 35
tick "35 µs"  x 437 y 451 w 35
tick "40 µs"  x 486 y 451 w 35
tick "45 µs"  x 536 y 451 w 35
tick "50 µs"  x 585 y 451 w 35
tick "55 µs"  x 634 y 451 w 35
tick "60 µs"  x 684 y 451 w 35
tick "65 µs"  x 733 y 451 w 35
