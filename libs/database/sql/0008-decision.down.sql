drop table announcement, ceiling, decision, decision_draft, advice, ranking_entry, ranking;
