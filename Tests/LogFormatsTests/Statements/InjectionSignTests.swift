import LogFormats
import Testing

@Suite struct InjectionSignTests {
    @Test(arguments: [
        ("SELECT * FROM users WHERE name = '' OR 1=1 -- '", InjectionSigns.tautology), ("SELECT * FROM users WHERE name = '' OR 'a'='a'", .tautology),
        ("SELECT * FROM t WHERE id = 1 AND 8163=8163", .tautology), ("SELECT a FROM t WHERE id = 1 AND SLEEP(5)", .delay),
        ("SELECT a FROM t WHERE id = 1 UNION ALL SELECT table_name FROM information_schema.tables", .unionCatalog),
        ("SELECT a FROM t WHERE id = extractvalue(1, concat(0x7e, version()))", .errorBased),
        ("SELECT load_file('/etc/passwd') FROM t", .readsServerFile), ("SELECT '<?php' INTO OUTFILE '/var/www/html/a.php'", .writesScript),
        ("EXEC xp_cmdshell 'whoami'", .runsProgram), ("COPY t FROM PROGRAM 'id'", .runsProgram),
        ("SELECT a FROM t WHERE id = 1; DROP TABLE t", .stacked), ("SELECT a FROM t WHERE name = 'x'' or 1=1 -- '", .inLiteral),
        ("SELECT a FROM t WHERE name = 'x\\' union select password from mysql.user'", .inLiteral),
        ("SELECT a FROM t WHERE id = 1; WAITFOR DELAY '0:0:5'", .delay),
    ]) func injectionsLeaveTheirSigns(statement: String, sign: InjectionSigns) { #expect(Reading(statement, .mySQL).reading.signs.contains(sign)) }

    @Test(arguments: [
        "SELECT * FROM patient WHERE 1=1 AND name = 'O''Brien' OR id = 5", "SELECT SLEEP(1)", "SELECT a FROM t WHERE a = 1 OR b = 1",
        "SELECT a FROM t UNION SELECT b FROM u", "SELECT * FROM information_schema.tables", "INSERT INTO t VALUES ('it''s union day')",
        "SELECT * FROM t WHERE sleep = 5", "UPDATE t SET note = 'drop table x; or 1=1' WHERE id = 3", "SELECT a FROM t WHERE x OR y",
        "BEGIN; UPDATE t SET a = 1 WHERE id = 2; COMMIT", "SELECT * FROM t WHERE a IN (1, 2) AND 1 = 1",
    ]) func ordinaryStatementsHaveNone(statement: String) { #expect(Reading(statement, .mySQL).reading.signs == []) }
}
