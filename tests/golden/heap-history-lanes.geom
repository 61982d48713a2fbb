plot  x 49.0 y 34.0 w 585.0 h 224.0
binaries  x 49.0 y 280.0 w 585.0 h 28.0
mailbox  x 49.0 y 330.0 w 585.0 h 28.0
point  x 65.2 zero 157.6 survived 157.6 used 155.1 low 155.1 stack 99.7 block 97.7 fragment 97.7 message 97.7 old 157.6 old-block 157.6 binary 308.0 binary-zero 308.0 mailbox 358.0 mailbox-zero 358.0
point  x 114.0 zero 157.6 survived 157.6 used 100.8 low 100.8 stack 99.7 block 97.7 fragment 97.7 message 90.7 old 157.6 old-block 157.6 binary 308.0 binary-zero 308.0 mailbox 350.4 mailbox-zero 358.0
point  x 116.6 zero 157.6 survived 157.6 used 100.8 low 100.8 stack 99.7 block 97.7 fragment 97.7 message 90.7 old 157.6 old-block 157.6 binary 308.0 binary-zero 308.0 mailbox 350.4 mailbox-zero 358.0
point  x 116.6 zero 157.6 survived 138.9 used 138.9 low 138.9 stack 99.7 block 97.7 fragment 97.7 message 83.8 old 157.6 old-block 157.6 binary 308.0 binary-zero 308.0 mailbox 342.7 mailbox-zero 358.0
point  x 154.6 zero 157.6 survived 138.9 used 129.1 low 129.1 stack 99.7 block 97.7 fragment 97.7 message 76.8 old 157.6 old-block 157.6 binary 308.0 binary-zero 308.0 mailbox 335.1 mailbox-zero 358.0
point  x 179.0 zero 157.6 survived 138.9 used 129.1 low 129.1 stack 99.7 block 97.7 fragment 97.7 message 76.8 old 157.6 old-block 157.6 binary 308.0 binary-zero 308.0 mailbox 335.1 mailbox-zero 358.0
point  x 179.0 zero 157.6 survived 138.9 used 129.1 low 129.1 stack 99.7 block 97.7 fragment 97.7 message 95.4 old 157.6 old-block 157.6 binary 291.0 binary-zero 308.0 mailbox 355.5 mailbox-zero 358.0
point  x 227.8 zero 157.6 survived 138.9 used 102.1 low 102.1 stack 101.0 block 97.7 fragment 97.7 message 88.4 old 157.6 old-block 157.6 binary 286.8 binary-zero 308.0 mailbox 347.8 mailbox-zero 358.0
point  x 230.4 zero 157.6 survived 138.9 used 102.1 low 102.1 stack 101.0 block 97.7 fragment 97.7 message 88.4 old 157.6 old-block 157.6 binary 286.8 binary-zero 308.0 mailbox 347.8 mailbox-zero 358.0
point  x 230.4 zero 157.6 survived 145.5 used 145.5 low 145.5 stack 101.0 block 97.7 fragment 97.7 message 81.5 old 176.4 old-block 236.4 binary 282.5 binary-zero 308.0 mailbox 340.2 mailbox-zero 358.0
point  x 268.4 zero 157.6 survived 145.5 used 134.5 low 134.5 stack 101.0 block 97.7 fragment 97.7 message 74.5 old 176.4 old-block 236.4 binary 308.0 binary-zero 308.0 mailbox 332.5 mailbox-zero 358.0
point  x 292.8 zero 157.6 survived 145.5 used 134.5 low 134.5 stack 101.0 block 97.7 fragment 97.7 message 74.5 old 176.4 old-block 236.4 binary 308.0 binary-zero 308.0 mailbox 332.5 mailbox-zero 358.0
point  x 292.8 zero 157.6 survived 145.5 used 134.5 low 134.5 stack 101.0 block 97.7 fragment 97.7 message 93.1 old 176.4 old-block 236.4 binary 303.8 binary-zero 308.0 mailbox 352.9 mailbox-zero 358.0
point  x 341.5 zero 157.6 survived 145.5 used 103.3 low 103.3 stack 102.3 block 97.7 fragment 74.5 message 62.9 old 176.4 old-block 236.4 binary 299.5 binary-zero 308.0 mailbox 345.3 mailbox-zero 358.0
point  x 344.2 zero 157.6 survived 145.5 used 103.3 low 103.3 stack 102.3 block 97.7 fragment 74.5 message 62.9 old 176.4 old-block 236.4 binary 299.5 binary-zero 308.0 mailbox 345.3 mailbox-zero 358.0
point  x 344.2 zero 157.6 survived 121.1 used 121.1 low 121.1 stack 66.5 block 61.9 fragment 61.9 message 43.4 old 157.6 old-block 157.6 binary 295.3 binary-zero 308.0 mailbox 337.6 mailbox-zero 358.0
point  x 382.1 zero 157.6 survived 121.1 used 107.5 low 107.5 stack 66.5 block 61.9 fragment 61.9 message 61.9 old 157.6 old-block 157.6 binary 291.0 binary-zero 308.0 mailbox 358.0 mailbox-zero 358.0
point  x 406.5 zero 157.6 survived 121.1 used 107.5 low 107.5 stack 66.5 block 61.9 fragment 61.9 message 61.9 old 157.6 old-block 157.6 binary 291.0 binary-zero 308.0 mailbox 358.0 mailbox-zero 358.0
point  x 406.5 zero 157.6 survived 121.1 used 107.5 low 107.5 stack 66.5 block 61.9 fragment 61.9 message 55.0 old 157.6 old-block 157.6 binary 286.8 binary-zero 308.0 mailbox 350.4 mailbox-zero 358.0
point  x 455.2 zero 157.6 survived 121.1 used 68.9 low 68.9 stack 67.8 block 61.9 fragment 61.9 message 48.0 old 157.6 old-block 157.6 binary 282.5 binary-zero 308.0 mailbox 342.7 mailbox-zero 358.0
point  x 458.0 zero 157.6 survived 121.1 used 68.9 low 68.9 stack 67.8 block 61.9 fragment 61.9 message 48.0 old 157.6 old-block 157.6 binary 282.5 binary-zero 308.0 mailbox 342.7 mailbox-zero 358.0
point  x 458.0 zero 157.6 survived 140.4 used 140.4 low 140.4 stack 67.8 block 61.9 fragment 61.9 message 41.1 old 194.2 old-block 254.1 binary 308.0 binary-zero 308.0 mailbox 335.1 mailbox-zero 358.0
point  x 495.9 zero 157.6 survived 140.4 used 122.4 low 122.4 stack 67.8 block 61.9 fragment 61.9 message 59.6 old 194.2 old-block 254.1 binary 303.8 binary-zero 308.0 mailbox 355.5 mailbox-zero 358.0
point  x 520.2 zero 157.6 survived 140.4 used 122.4 low 122.4 stack 67.8 block 61.9 fragment 61.9 message 59.6 old 194.2 old-block 254.1 binary 303.8 binary-zero 308.0 mailbox 355.5 mailbox-zero 358.0
point  x 520.2 zero 157.6 survived 140.4 used 122.4 low 122.4 stack 67.8 block 61.9 fragment 61.9 message 52.7 old 194.2 old-block 254.1 binary 299.5 binary-zero 308.0 mailbox 347.8 mailbox-zero 358.0
point  x 569.0 zero 157.6 survived 140.4 used 70.1 low 70.1 stack 69.1 block 61.9 fragment 61.9 message 45.7 old 194.2 old-block 254.1 binary 295.3 binary-zero 308.0 mailbox 340.2 mailbox-zero 358.0
point  x 571.8 zero 157.6 survived 140.4 used 70.1 low 70.1 stack 69.1 block 61.9 fragment 61.9 message 45.7 old 194.2 old-block 254.1 binary 295.3 binary-zero 308.0 mailbox 340.2 mailbox-zero 358.0
point  x 571.8 zero 157.6 survived 134.2 used 134.2 low 134.2 stack 69.1 block 61.9 fragment 61.9 message 38.8 old 211.4 old-block 254.1 binary 291.0 binary-zero 308.0 mailbox 332.5 mailbox-zero 358.0
point  x 609.6 zero 157.6 survived 134.2 used 118.0 low 118.0 stack 69.1 block 61.9 fragment 61.9 message 57.3 old 211.4 old-block 254.1 binary 286.8 binary-zero 308.0 mailbox 352.9 mailbox-zero 358.0
point  x 634.0 zero 157.6 survived 134.2 used 118.0 low 118.0 stack 69.1 block 61.9 fragment 61.9 message 57.3 old 211.4 old-block 254.1 binary 286.8 binary-zero 308.0 mailbox 352.9 mailbox-zero 358.0
mark  x 114.0 to 116.6 minor 1 major 0 reclaimed 148 spent 3221
mark  x 227.8 to 230.4 minor 1 major 0 reclaimed 96 spent 3216
mark  x 341.5 to 344.2 minor 0 major 1 reclaimed 142 spent 3284
mark  x 455.2 to 458.0 minor 1 major 0 reclaimed 136 spent 3345
mark  x 569.0 to 571.8 minor 1 major 0 reclaimed 182 spent 3482
label "−142 · 3.3 µs"  x 296 y 0 w 91
label "−148 · 3.2 µs"  x 68 y 0 w 91
label "−96 · 3.2 µs"  x 185 y 0 w 84
label "−136 · 3.3 µs"  x 409 y 0 w 91
label "−182 · 3.5 µs"  x 523 y 0 w 91
label "words"  x 8 y 14 w 35
label "young ↑"  x 55 y 37 w 49
label "old ↓"  x 55 y 241 w 35
label "binaries off the heap, at most 3.5 KiB"  x 49 y 264 w 266
label "messages waiting, at most 10"  x 49 y 314 w 196
label "before it grows"  x 138 y 38 w 105
label "after"  x 382 y 38 w 35
tick "0 µs"  x 49 y 363 w 28
tick "100 µs"  x 109 y 363 w 42
tick "200 µs"  x 190 y 363 w 42
tick "400 µs"  x 353 y 363 w 42
tick "500 µs"  x 434 y 363 w 42
tick "600 µs"  x 515 y 363 w 42
tick "700 µs"  x 592 y 363 w 42
tick "300 µs"  x 271 y 361 w 42
words "300"  x 22 y 227 w 21
words "200"  x 22 y 202 w 21
words "100"  x 22 y 176 w 21
words "0"  x 36 y 150 w 7
words "100"  x 22 y 124 w 21
words "200"  x 22 y 99 w 21
words "300"  x 22 y 73 w 21
words "400"  x 22 y 47 w 21
pin  x 130.2
pin  x 374.0
