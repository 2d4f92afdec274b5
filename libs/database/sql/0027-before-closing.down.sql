drop table proposal_origin, completeness_check, public_question;
