import AccessLogs
import Testing

@Suite struct RotatedLogTests {
    @Test(arguments: [
        ("access.log", "access.log"), ("access.log.1", "access.log"), ("access.log.12.gz", "access.log"), ("access.log-20260102.xz", "access.log"),
        ("access.log-20260102", "access.log"), ("access.log-2026010203.zst", "access.log"), ("access.log-1767323045", "access.log"),
        ("access-2026-01-02.log", "access.log"), ("localhost_access_log.2026-01-02.txt", "localhost_access_log.txt"), ("u_ex260102.log", "u_ex.log"),
        ("postgresql-2026-01-02_030405.log", "postgresql.log"), ("postgresql-2026-01-02_030405.csv", "postgresql.csv"),
        ("app.2026-01-02-03.log.gz", "app.log"),
        ("syslog.old", "syslog"), ("app-8080.log", "app-8080.log"), ("10.0.0.1.log", "10.0.0.1.log"), ("20260102.log", ".log"),
        ("20260102", "20260102"),
        ("node-99999999.log", "node-99999999.log"), ("error.log", "error.log"), ("", ""), (".1", ".1"),
    ])
    func namesOfOneSetAreOne(_ file: String, _ name: String) {
        #expect(RotatedLog.name(of: file) == name)
    }

    @Test func setsAreToldApart() {
        let paths = ["/v/access.log", "/v/error.log.1", "/v/access.log.2.gz", "/w/access.log", "/v/error.log"]
        #expect(RotatedLog.sets(paths) == [["/v/access.log", "/v/access.log.2.gz"], ["/v/error.log", "/v/error.log.1"], ["/w/access.log"]])
    }
}
