-- Vad databasens två roller får göra. Körs av ägaren (insteg_agare) efter varje migrering; går att köra om.
-- Ägaren äger tabellerna. Programmets roll (insteg) använder dem, men får varken ändra eller ta bort i loggen.
GRANT USAGE ON SCHEMA public TO insteg;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO insteg;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO insteg;
REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry, audit_entrysubject, audit_seal FROM insteg;
-- Bara ägaren gallrar loggen, med insteg prune_log: ett påstående om gallring släpper fram det som ska bort.
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON audit_pruning FROM insteg;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON django_migrations FROM insteg;
