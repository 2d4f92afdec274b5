drop table receipt, proposal_counter, proposal;
