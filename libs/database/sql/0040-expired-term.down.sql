drop index term_asked;
