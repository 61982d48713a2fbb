keeper <0.81.0>, collection 1: major
  Why now: 300 words are wanted; 195 are free, and 4 of these stay in reserve.
  Why major: Nothing has survived a collection yet, so there is nothing to promote and no old block.
  Why this size: To copy to: stack 4, young and old 35, reserve 4 words: the next size is 233.
  Why this size: 331 words are needed afterwards, more than 233: the next size is 376.
0 Before the collection
  young     ...................................
1 A new block of 233 words is made to copy to
  young     ...................................
2 Root y0 of twice:keep/2: 42, nothing to follow
  young     ...................................
3 Root y1 of twice:keep/2: the list cell at young heap word 13 is copied to new block word 0 (2 words), a forwarding mark stays behind
  young     .............m-....................
  new       cc
4 Root end of the stack: return address, nothing to follow
  young     .............m-....................
  new       cc
5 Root x0: the tuple of 2 at young heap word 26 is copied to new block word 2 (3 words), a forwarding mark stays behind
  young     .............m-...........m--......
  new       ccccc
6 Root x1: at young heap word 13 there is a forwarding mark: the pointer becomes new block word 0, nothing is copied twice
  young     .............m-...........m--......
  new       ccccc
7 Root x2: the reference to 1000 bytes off heap at young heap word 29 is copied to new block word 5 (6 words), a forwarding mark stays behind
  young     .............m-...........m--m-----
  new       ccccccccccc
8 The roots are done: the scan of the new block begins, and goes on until it meets the free pointer
  young     .............m-...........m--m-----
  new       ccccccccccc  scan 0
9 Scan of new block word 0: 5, nothing to follow
  young     .............m-...........m--m-----
  new       scccccccccc  scan 1
10 Scan of new block word 1: the list cell at young heap word 11 is copied to new block word 11 (2 words), a forwarding mark stays behind
  young     ...........m-m-...........m--m-----
  new       ssccccccccccc  scan 2
11 Scan of new block word 2: a header, the scan passes over it
  young     ...........m-m-...........m--m-----
  new       ssscccccccccc  scan 3
12 Scan of new block word 3: the list cell at young heap word 9 is copied to new block word 13 (2 words), a forwarding mark stays behind
  young     .........m-m-m-...........m--m-----
  new       ssssccccccccccc  scan 4
13 Scan of new block word 4: the float 1.5 at young heap word 24 is copied to new block word 15 (2 words), a forwarding mark stays behind
  young     .........m-m-m-.........m-m--m-----
  new       ssssscccccccccccc  scan 5
14 Scan of new block word 5: a header and raw words: the scan passes over 6 words
  young     .........m-m-m-.........m-m--m-----
  new       ssssssssssscccccc  scan 11
15 Scan of new block word 11: 4, nothing to follow
  young     .........m-m-m-.........m-m--m-----
  new       ssssssssssssccccc  scan 12
16 Scan of new block word 12: at young heap word 9 there is a forwarding mark: the pointer becomes new block word 13, nothing is copied twice
  young     .........m-m-m-.........m-m--m-----
  new       ssssssssssssscccc  scan 13
17 Scan of new block word 13: 3, nothing to follow
  young     .........m-m-m-.........m-m--m-----
  new       ssssssssssssssccc  scan 14
18 Scan of new block word 14: the list cell at young heap word 4 is copied to new block word 17 (2 words), a forwarding mark stays behind
  young     ....m-...m-m-m-.........m-m--m-----
  new       ssssssssssssssscccc  scan 15
19 Scan of new block word 15: a header and raw words: the scan passes over 2 words
  young     ....m-...m-m-m-.........m-m--m-----
  new       ssssssssssssssssscc  scan 17
20 Scan of new block word 17: 2, nothing to follow
  young     ....m-...m-m-m-.........m-m--m-----
  new       ssssssssssssssssssc  scan 18
21 Scan of new block word 18: the list cell at young heap word 2 is copied to new block word 19 (2 words), a forwarding mark stays behind
  young     ..m-m-...m-m-m-.........m-m--m-----
  new       ssssssssssssssssssscc  scan 19
22 Scan of new block word 19: 1, nothing to follow
  young     ..m-m-...m-m-m-.........m-m--m-----
  new       ssssssssssssssssssssc  scan 20
23 Scan of new block word 20: the list cell at young heap word 0 is copied to new block word 21 (2 words), a forwarding mark stays behind
  young     m-m-m-...m-m-m-.........m-m--m-----
  new       ssssssssssssssssssssscc  scan 21
24 Scan of new block word 21: 0, nothing to follow
  young     m-m-m-...m-m-m-.........m-m--m-----
  new       ssssssssssssssssssssssc  scan 22
25 Scan of new block word 22: [], nothing to follow
  young     m-m-m-...m-m-m-.........m-m--m-----
  new       sssssssssssssssssssssss  scan 23
26 Off-heap list: the reference at young heap word 29 (1.0 KiB) was moved to new block word 5 and stays
  young     m-m-m-...m-m-m-.........m-m--m-----
  new       sssssssssssssssssssssss  scan 23
27 Off-heap list: the reference at young heap word 18 was not moved: it gives up its share of 500 B
  young     m-m-m-...m-m-m-.........m-m--m-----
  new       sssssssssssssssssssssss  scan 23
28 The stack moves over; the block that was (233 words) is given up, and with it all that was not moved
  young     m-m-m-...m-m-m-.........m-m--m-----
  new       sssssssssssssssssssssss  scan 23
29 The block becomes one of 376 words; everything keeps its place in it
  young     m-m-m-...m-m-m-.........m-m--m-----
  new       sssssssssssssssssssssss  scan 23
23 words copied, 0 words promoted, 12 words left behind; cost: 2 reductions.

keeper <0.81.0>, collection 2: minor
  Why now: 300 words are wanted; 200 are free, and 4 of these stay in reserve.
  Why this size: Old block: the size after the one that holds 30 words: 51.
  Why minor: What has survived once (23 words) has room in the old block (51 free).
  Why this size: To copy to: stack 4 and young 30 words, at least 233: the next size is 233.
  Why this size: 312 words are needed afterwards, more than 233: the next size is 376.
0 Before the collection
  young     ..............................
1 An old block of 51 words is made for what has survived once
  young     ..............................
2 A new block of 233 words is made to copy to
  young     ..............................
3 Root y0 of twice:keep/2: 42, nothing to follow
  young     ..............................
4 Root y1 of twice:keep/2: the list cell at young heap word 0 has survived once: promoted to old heap word 0 (2 words), a mark stays behind
  young     m-............................
  old       cc
5 Root end of the stack: return address, nothing to follow
  young     m-............................
  old       cc
6 Root x0: the tuple of 2 at young heap word 2 has survived once: promoted to old heap word 2 (3 words), a mark stays behind
  young     m-m--.........................
  old       ccccc
7 Root x1: the list cell at young heap word 25 is copied to new block word 0 (2 words), a forwarding mark stays behind
  young     m-m--....................m-...
  new       cc
  old       ccccc
8 Root x2: the reference to 1000 bytes off heap at young heap word 5 has survived once: promoted to old heap word 5 (6 words), a mark stays behind
  young     m-m--m-----..............m-...
  new       cc
  old       ccccccccccc
9 The roots are done: the scan of the new block begins, and goes on until it meets the free pointer
  young     m-m--m-----..............m-...
  new       cc  scan 0
  old       ccccccccccc
10 Scan of new block word 0: at young heap word 2 there is a forwarding mark: the pointer becomes old heap word 2, nothing is copied twice
  young     m-m--m-----..............m-...
  new       sc  scan 1
  old       ccccccccccc
11 Scan of new block word 1: the list cell at young heap word 23 is copied to new block word 2 (2 words), a forwarding mark stays behind
  young     m-m--m-----............m-m-...
  new       sscc  scan 2
  old       ccccccccccc
12 Scan of new block word 2: 7, nothing to follow
  young     m-m--m-----............m-m-...
  new       sssc  scan 3
  old       ccccccccccc
13 Scan of new block word 3: at young heap word 0 there is a forwarding mark: the pointer becomes old heap word 0, nothing is copied twice
  young     m-m--m-----............m-m-...
  new       ssss  scan 4
  old       ccccccccccc
14 The roots are done: the scan of the old heap begins, and goes on until it meets the free pointer
  young     m-m--m-----............m-m-...
  new       ssss  scan 4
  old       ccccccccccc  scan 0
15 Scan of old heap word 0: 5, nothing to follow
  young     m-m--m-----............m-m-...
  new       ssss  scan 4
  old       scccccccccc  scan 1
16 Scan of old heap word 1: the list cell at young heap word 11 has survived once: promoted to old heap word 11 (2 words), a mark stays behind
  young     m-m--m-----m-..........m-m-...
  new       ssss  scan 4
  old       ssccccccccccc  scan 2
17 Scan of old heap word 2: a header, the scan passes over it
  young     m-m--m-----m-..........m-m-...
  new       ssss  scan 4
  old       ssscccccccccc  scan 3
18 Scan of old heap word 3: the list cell at young heap word 13 has survived once: promoted to old heap word 13 (2 words), a mark stays behind
  young     m-m--m-----m-m-........m-m-...
  new       ssss  scan 4
  old       ssssccccccccccc  scan 4
19 Scan of old heap word 4: the float 1.5 at young heap word 15 has survived once: promoted to old heap word 15 (2 words), a mark stays behind
  young     m-m--m-----m-m-m-......m-m-...
  new       ssss  scan 4
  old       ssssscccccccccccc  scan 5
20 Scan of old heap word 5: a header and raw words: the scan passes over 6 words
  young     m-m--m-----m-m-m-......m-m-...
  new       ssss  scan 4
  old       ssssssssssscccccc  scan 11
21 Scan of old heap word 11: 4, nothing to follow
  young     m-m--m-----m-m-m-......m-m-...
  new       ssss  scan 4
  old       ssssssssssssccccc  scan 12
22 Scan of old heap word 12: at young heap word 13 there is a forwarding mark: the pointer becomes old heap word 13, nothing is copied twice
  young     m-m--m-----m-m-m-......m-m-...
  new       ssss  scan 4
  old       ssssssssssssscccc  scan 13
23 Scan of old heap word 13: 3, nothing to follow
  young     m-m--m-----m-m-m-......m-m-...
  new       ssss  scan 4
  old       ssssssssssssssccc  scan 14
24 Scan of old heap word 14: the list cell at young heap word 17 has survived once: promoted to old heap word 17 (2 words), a mark stays behind
  young     m-m--m-----m-m-m-m-....m-m-...
  new       ssss  scan 4
  old       ssssssssssssssscccc  scan 15
25 Scan of old heap word 15: a header and raw words: the scan passes over 2 words
  young     m-m--m-----m-m-m-m-....m-m-...
  new       ssss  scan 4
  old       ssssssssssssssssscc  scan 17
26 Scan of old heap word 17: 2, nothing to follow
  young     m-m--m-----m-m-m-m-....m-m-...
  new       ssss  scan 4
  old       ssssssssssssssssssc  scan 18
27 Scan of old heap word 18: the list cell at young heap word 19 has survived once: promoted to old heap word 19 (2 words), a mark stays behind
  young     m-m--m-----m-m-m-m-m-..m-m-...
  new       ssss  scan 4
  old       ssssssssssssssssssscc  scan 19
28 Scan of old heap word 19: 1, nothing to follow
  young     m-m--m-----m-m-m-m-m-..m-m-...
  new       ssss  scan 4
  old       ssssssssssssssssssssc  scan 20
29 Scan of old heap word 20: the list cell at young heap word 21 has survived once: promoted to old heap word 21 (2 words), a mark stays behind
  young     m-m--m-----m-m-m-m-m-m-m-m-...
  new       ssss  scan 4
  old       ssssssssssssssssssssscc  scan 21
30 Scan of old heap word 21: 0, nothing to follow
  young     m-m--m-----m-m-m-m-m-m-m-m-...
  new       ssss  scan 4
  old       ssssssssssssssssssssssc  scan 22
31 Scan of old heap word 22: [], nothing to follow
  young     m-m--m-----m-m-m-m-m-m-m-m-...
  new       ssss  scan 4
  old       sssssssssssssssssssssss  scan 23
32 Off-heap list: the reference at young heap word 5 (1.0 KiB) was moved to old heap word 5 and stays
  young     m-m--m-----m-m-m-m-m-m-m-m-...
  new       ssss  scan 4
  old       sssssssssssssssssssssss  scan 23
33 The stack moves over; the block that was (233 words) is given up, and with it all that was not moved
  young     m-m--m-----m-m-m-m-m-m-m-m-...
  new       ssss  scan 4
  old       sssssssssssssssssssssss  scan 23
34 The block becomes one of 376 words; everything keeps its place in it
  young     m-m--m-----m-m-m-m-m-m-m-m-...
  new       ssss  scan 4
  old       sssssssssssssssssssssss  scan 23
4 words copied, 23 words promoted, 3 words left behind; cost: 2 reductions.

keeper <0.81.0>, collection 1: not done
  Why now: 300 words are wanted; 195 are free, and 4 of these stay in reserve.
  Why major: Nothing has survived a collection yet, so there is nothing to promote and no old block.
  Why this size: To copy to: stack 4, young and old 35, reserve 4 words: the next size is 233.
  The limit: It would have 466 words; max_heap_size is 300: it is killed.
0 Nothing is collected: the process is killed
  young     ...................................
The process dies of its size.

