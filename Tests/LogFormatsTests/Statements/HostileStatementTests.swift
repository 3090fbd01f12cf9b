import LogFormats
import Testing

@Suite struct HostileStatementTests {
    @Test(arguments: [
        "WITH x AS (SELECT * FROM \"a\".b WHERE c = E'it\\'s' AND d IN (1, 2)) SELECT $tag$ text $tag$, x.* FROM x, y LIMIT 5, 6; SET log_statement = 'none'",
        "SELECT /*!40001 SQL_NO_CACHE */ `a``b`, \"c\" FROM `t` WHERE a OR 1=1 UNION SELECT 0x41 INTO OUTFILE '/x.php' # end",
        "COPY (SELECT /* a /* b */ c */ 1e-5, .5 FROM t) TO PROGRAM 'x'; SELECT set_config('log_x', 'y', false); ALTER SYSTEM RESET log_statement",
        #""SCAN" "0" "MATCH" "pa\"tient:*" "COUNT" "1000""#, #"{"find":"patient","filter":{"a":{"$gt":"x\"y"}},"limit":5,"$db":"clinic"}"#,
    ]) func cutAndChangedStatementsDoNoHarm(sample: String) {
        let bytes = Array(sample.utf8)
        for cut in 0...bytes.count {
            for dialect in StatementDialect.allCases {
                #expect(Reading(Array(bytes.prefix(cut)), dialect).reading.tableCount <= 8)
                guard cut < bytes.count else { continue }
                for byte: UInt8 in [0, 0x22, 0x24, 0x27, 0x28, 0x29, 0x2A, 0x2F, 0x5C, 0x60, 0xFF] {
                    var changed = bytes
                    changed[cut] = byte
                    #expect(Reading(changed, dialect).reading.tableCount <= 8)
                }
            }
        }
    }

    @Test func longStatementsAreCutAndDeepOnesRead() {
        let long = "SELECT * FROM patient WHERE a IN (" + String(repeating: "'x',", count: 100_000) + "'y')"
        let reading = Reading(long).reading
        #expect(reading.isCut && reading.hasWhere)
        let deep = String(repeating: "(", count: 20_000) + "SELECT * FROM patient" + String(repeating: ")", count: 20_000)
        #expect(Reading(deep).tables == ["patient"])
        let tables = Reading("SELECT * FROM " + (1...100).map { "t\($0)" }.joined(separator: ", ")).tables
        #expect(tables.count == 8)
    }

    @Test func whatIsOpenedThousandsOfTimesIsReadOnce() {
        for opener in ["$a", "$a$", "/*", "'", "\"", "`", "(", "/*!1 ", "E'\\", "{\"a\":", "[\"", "--"] {
            for dialect in StatementDialect.allCases {
                #expect(Reading("SELECT " + String(repeating: opener, count: 20_000), dialect).reading.tableCount == 0)
            }
        }
    }
}
