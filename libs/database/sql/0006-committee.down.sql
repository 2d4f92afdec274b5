drop table interest, seat;
