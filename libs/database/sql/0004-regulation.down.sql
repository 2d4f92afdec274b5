drop table call, regulation, programme, frozen_pack;
