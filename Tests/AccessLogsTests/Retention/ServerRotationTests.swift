import AccessLogs
import Foundation
import Testing

@Suite("Rotation by journald, auditd, rsyslog and PostgreSQL")
struct ServerRotationTests {
    private func makeFolder(_ files: [String: String]) throws -> LogFolder {
        let folder = try LogFolder()
        for (name, text) in files {
            let path = URL(fileURLWithPath: folder.path(name))
            try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: path)
        }
        return folder
    }

    /// The folder lives as long as it is used.
    private func within<Result>(_ files: [String: String], _ body: (String) throws -> Result) throws -> Result {
        let folder = try makeFolder(files)
        return try withExtendedLifetime(folder) { try body(folder.folder.path) }
    }

    private func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text
    }

    private func journald(_ text: String, _ more: [String: String] = [:]) throws -> KeptSpan? {
        let files = ["etc/systemd/journald.conf": "[Journal]\n\(text)\n", "var/log/journal/x/system.journal": ""].merging(more) { $1 }
        return try within(files) { JournaldReader.setting(root: $0)?.kept }
    }

    @Test("journald: memory is no retention, time and number of files bound it, size leaves it open")
    func journal() throws {
        #expect(try journald("Storage=volatile") == .volatile)
        #expect(try journald("Storage=none") == .volatile)
        #expect(try journald("MaxRetentionSec=30day") == .uncertain(atMost: 30))
        #expect(try journald("MaxRetentionSec=30day")?.allows(184) == false)
        #expect(try journald("MaxRetentionSec=1year")?.allows(184) == nil)
        #expect(try journald("MaxFileSec=1day") == .uncertain(atMost: 100))
        #expect(try journald("MaxFileSec=1day\nSystemMaxFiles=200")?.allows(184) == nil)
        #expect(try journald("MaxFileSec=0\nSystemMaxUse=1G") == .uncertain(atMost: nil))
        #expect(try journald("#Storage=volatile\n; MaxRetentionSec=1day\n[Other]\nStorage=none")?.allows(184) == nil)
        #expect(try within(["etc/systemd/journald.conf": "[Journal]\n"]) { JournaldReader.setting(root: $0)?.kept } == .volatile)
        #expect(try within(["etc/other": ""]) { JournaldReader.setting(root: $0) } == nil)
    }

    @Test("Drop-ins win over the file, by name; those in /etc over those of the vendor; an empty value takes back")
    func dropIns() throws {
        let folder = try makeFolder([
            "etc/systemd/journald.conf": "[Journal]\nMaxRetentionSec=1year\n", "var/log/journal/x": "",
            "usr/lib/systemd/journald.conf.d/10.conf": "[Journal]\nMaxRetentionSec=10day\n",
            "usr/lib/systemd/journald.conf.d/30.conf": "[Journal]\nMaxRetentionSec=3day\n",
            "etc/systemd/journald.conf.d/30.conf": "[Journal]\nMaxRetentionSec=\n",
            "run/systemd/journald.conf.d/20.conf": "[Journal]\nMaxRetentionSec=20day\n",
            "etc/systemd/journald.conf.d/40.conf": "[Journal]\nMaxRetentionSec=40day\n",
            "etc/systemd/journald.conf.d/50.txt": "[Journal]\nMaxRetentionSec=50day\n",
        ])
        defer { withExtendedLifetime(folder) {} }
        let setting = try #require(JournaldReader.setting(root: folder.folder.path))
        #expect(setting.kept == .uncertain(atMost: 40))
        #expect(setting.file == "/etc/systemd/journald.conf.d/40.conf" && setting.line == 2)
        // systemd reads the same files, in the same order.
        let listed = try run("/usr/bin/systemd-analyze", ["cat-config", "--root=\(folder.folder.path)", "systemd/journald.conf"])
        let order = listed.matches(of: /# (\/[^\n]+\.conf)\n/).map { String($0.1.split(separator: "/").last ?? "") }
        #expect(order == ["journald.conf", "10.conf", "20.conf", "30.conf", "40.conf"])
        try FileManager.default.removeItem(atPath: folder.path("etc/systemd/journald.conf.d/40.conf"))
        #expect(JournaldReader.setting(root: folder.folder.path)?.kept.allows(184) == nil)
    }

    @Test(
        "Time spans are read as systemd reads them",
        arguments: ["1y 12month", "55s500ms", "2 weeks", "15552000", "6month", "184d", "1.5h", "300ms20s 5day", "2h30min"])
    func spans(_ text: String) throws {
        let said = try run("/usr/bin/systemd-analyze", ["timespan", text])
        let microseconds = try #require(said.firstMatch(of: /μs: (\d+)/)?.1)
        #expect(JournaldReader.seconds(text).map { Int64($0 * 1e6) } == Int64(microseconds))
    }

    @Test("What is no time span is none", arguments: ["", "x", "1 fortnight", "-5", "1d x", "1..2", "µ"])
    func noSpans(_ text: String) { #expect(JournaldReader.seconds(text) == nil) }

    @Test("auditd: by number and size of files, or never, or it stops")
    func auditd() throws {
        func kept(_ text: String) throws -> KeptSpan? {
            try within(["etc/audit/auditd.conf": text]) { AuditdReader.setting(root: $0)?.setting.kept }
        }
        #expect(try kept("max_log_file = 8\nnum_logs = 5\nmax_log_file_action = ROTATE\n") == .uncertain(atMost: nil))
        #expect(try kept("num_logs = 1\nmax_log_file_action = rotate\n") == .untilFull)
        #expect(try kept("max_log_file_action = keep_logs\n") == .untilFull)
        #expect(try kept("max_log_file_action = SUSPEND\n") == .stops)
        #expect(try within(["x": ""]) { AuditdReader.setting(root: $0)?.log } == nil)
        let folder = try makeFolder(["etc/audit/auditd.conf": "log_file = /srv/audit.log\nmax_log_file_action = suspend\n"])
        defer { withExtendedLifetime(folder) {} }
        #expect(RotationSettings(root: folder.folder.path).rotation(of: [folder.path("srv/audit.log.1")]).allows(184) == false)
    }

    @Test("rsyslog: output channels cut by size")
    func rsyslog() throws {
        let folder = try makeFolder([
            "etc/rsyslog.d/app.conf": "# x\n$outchannel big, /var/log/app.log, 1000000, /usr/bin/rotate\n$outchannel none,/var/log/b.log,0\n"
        ])
        defer { withExtendedLifetime(folder) {} }
        let found = RsyslogReader.settings(root: folder.folder.path)
        #expect(found.keys.sorted() == ["/var/log/app.log"])
        #expect(found["/var/log/app.log"]?.line == 2)
    }

    @Test(
        "PostgreSQL overwrites a file when its name comes again",
        arguments: [
            ("log_filename = 'postgresql-%a.log'\nlog_truncate_on_rotation = on", KeptSpan.days(atLeast: 6, atMost: 7)),
            ("log_filename = 'postgresql-%a.log'", .untilFull), ("log_truncate_on_rotation = on", .untilFull),
            ("log_filename = 'pg-%d.log'\nlog_truncate_on_rotation = on", .days(atLeast: 27, atMost: 28)),
            ("log_filename = 'pg-%H.log'\nlog_rotation_age = 60\nlog_truncate_on_rotation = on", .days(atLeast: 0, atMost: 1)),
            ("log_filename = 'pg-%m-%d.log'\nlog_truncate_on_rotation = on", .days(atLeast: 364, atMost: 365)),
            ("log_filename = 'pg-%a.log'\nlog_truncate_on_rotation = on\nlog_rotation_age = 0", .untilFull),
            ("log_filename = 'pg.log'\nlog_truncate_on_rotation = on", .days(atLeast: 0, atMost: 1)),
        ])
    func postgresql(_ text: String, _ kept: KeptSpan) throws {
        let folder = try makeFolder(["postgresql.conf": "logging_collector = on\n\(text)\n"])
        defer { withExtendedLifetime(folder) {} }
        #expect(PostgreSQLReader(folder.path("postgresql.conf"))?.setting.kept == kept)
    }

    @Test(
        "PostgreSQL itself resolves the settings alike",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/lib/postgresql/15/bin/postgres")))
    func postgresqlItself() throws {
        let folder = try makeFolder([
            "postgresql.conf": """
            logging_collector = on # comment
            log_filename = 'a''b%%-%a.log'
            LOG_DIRECTORY='/x y'   # another
            log_rotation_age 7d
            include_dir 'more'
            include_if_exists 'nothing.conf'
            """, "more/1.conf": "log_truncate_on_rotation true\nlog_rotation_age = 60\n", "more/2.conf": "log_rotation_age = '2 h'\n",
            "more/.x.conf": "log_filename = 'x'\n",
            "data/PG_VERSION": "15\n", "data/postgresql.auto.conf": "log_rotation_age = '90min'\n",
        ])
        defer { withExtendedLifetime(folder) {} }
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path("data"))
        func real(_ name: String) throws -> String {
            let arguments = ["-C", name, "-D", folder.path("data"), "--config-file=\(folder.path("postgresql.conf"))"]
            return try run("/usr/lib/postgresql/15/bin/postgres", arguments).trimmingCharacters(in: .whitespacesAndNewlines)
        }
        let text = try String(contentsOfFile: folder.path("postgresql.conf"), encoding: .utf8)
        try "data_directory = '\(folder.path("data"))'\n\(text)\n".write(toFile: folder.path("postgresql.conf"), atomically: true, encoding: .utf8)
        let ours = try #require(PostgreSQLReader(folder.path("postgresql.conf")))
        #expect(try ours.fileName == real("log_filename"))
        #expect(try ours.folder == real("log_directory"))
        #expect(try ours.rotationMinutes.map(String.init) == real("log_rotation_age"))
        #expect(try (ours.truncates ? "on" : "off") == real("log_truncate_on_rotation"))
        #expect(ours.pattern == "/x y/a'b%-*.*")
    }

    @Test("A cluster's files are known by their names; without the collector they are logrotate's")
    func cluster() throws {
        let folder = try makeFolder([
            "etc/postgresql/15/main/postgresql.conf":
                "data_directory = '/var/lib/postgresql/15/main'\nlogging_collector = on\nlog_filename = 'pg-%a.log'\nlog_truncate_on_rotation = on\n",
            "etc/postgresql/13/old/postgresql.conf": "#logging_collector = on\n",
            "etc/logrotate.conf": "include /etc/logrotate.d\n",
            "etc/logrotate.d/postgresql-common": "/var/log/postgresql/*.log {\n weekly\n rotate 30\n}\n",
        ])
        defer { withExtendedLifetime(folder) {} }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.path("etc/logrotate.conf"))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.path("etc/logrotate.d/postgresql-common"))
        let settings = RotationSettings(root: folder.folder.path)
        let week = settings.rotation(of: [
            folder.path("var/lib/postgresql/15/main/log/pg-Mon.log"), folder.path("var/lib/postgresql/15/main/log/pg-Tue.csv"),
        ])
        #expect(week.settings.map(\.mechanism) == [.postgresql])
        #expect(week.allows(184) == false)
        #expect(settings.rotation(of: [folder.path("var/log/postgresql/postgresql-13-old.log.1")]).settings.map(\.mechanism) == [.logrotate])
    }
}
