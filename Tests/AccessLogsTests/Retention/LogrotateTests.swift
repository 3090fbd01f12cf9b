import AccessLogs
import Foundation
import TestSupport
import Testing

@Suite("logrotate's configuration")
struct LogrotateTests {
    /// A folder that stands for the machine's root, with logs in it.
    private func makeFolder(_ files: [String: String]) throws -> LogFolder {
        let folder = try LogFolder()
        for (name, text) in files {
            let path = folder.path(name)
            try FileManager.default.createDirectory(
                atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
            try Data(text.replacingOccurrences(of: "ROOT", with: folder.folder.path).utf8).write(to: URL(fileURLWithPath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        }
        return folder
    }

    /// What the real logrotate says: for each definition its criterion, its count, and the files that it considers.
    private func real(_ folder: LogFolder, _ configuration: String) throws -> [(criterion: String, count: String, files: [String])] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/sbin/logrotate")
        process.arguments = ["-d", "-s", folder.path("state"), folder.path(configuration)]
        let output = Pipe()
        process.standardError = output
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.components(separatedBy: "rotating pattern: ").dropFirst().compactMap { part in
            let pattern = /(after 1 days|hourly|weekly|monthly|yearly|(\d+) bytes) (\((\d+) rotations\)|\(no old logs will be kept\)|empty)/
            guard let match = part.firstMatch(of: pattern) else { return nil }
            let count = match.4.map(String.init) ?? (match.3.hasPrefix("(") ? "0" : "-1")
            let files = part.matches(of: /considering log ([^\n]+)\n/).map { String($0.1) }
            return (match.2 == nil ? String(match.1) : "size", count, files)
        }
    }

    private func name(_ criterion: LogrotateSettings.Criterion) -> String {
        switch criterion {
        case .daily: "after 1 days"
        case .hourly: "hourly"
        case .weekly: "weekly"
        case .monthly: "monthly"
        case .yearly: "yearly"
        case .size: "size"
        }
    }

    private static let logs = Dictionary(
        uniqueKeysWithValues: ["a", "b c", "d e", "x1", "x2", "y", "z", "n", "one", "two", "three", "nested", "after", ".hidden"].map {
            ("log/\($0).log", "hello\n")
        })

    static let configurations: [[String: String]] = [
        [
            "main.conf": """
            # comment
            weekly
            rotate=4
              include ROOT/d
            daily
            ROOT/log/a.log {
               rotate 9\u{20}
            }
            "ROOT/log/b c.log" ROOT/log/d\\ e.log
            {
              size 10k
              daily
              rotate -1
              maxage 30
            }
            ROOT/log/x*.log {
              daily
              size=10k
            }
            ROOT/log/x1.log ROOT/log/y.log {
              monthly
            }
            ROOT/log/z.log { yearly
             rotate 3
             }
            ROOT/log/n.log {
              daily
              postrotate
                 /tmp/foo {
                   rotate 99
                 }
              endscript
              rotate 5
            }
            """,
            "d/one": "rotate 77\nROOT/log/one.log { daily }\n", "d/two": "ROOT/log/two.log { daily\n}\n",
            "d/x.dpkg-old": "ROOT/log/nested.log { daily\n}\n",
            "d/y~": "ROOT/log/nested.log { daily\n}\n", "d/z.rhn-cfg-tmp-1": "ROOT/log/nested.log { daily\n}\n",
        ],
        // Mistakes.
        [
            "main.conf": """
            daily
            rotate 1
            ROOT/log/a.log {
             weekly
             ROOT/log/two.log {
               rotate 3
             }
             rotate 8
            }
            ROOT/log/x1.log {
              monthly
            }
            rotate 50
            bogus word
            ROOT/log/x2.log {
              monthly
              bogus2
              rotate x
            }
            ROOT/log/y.log {
              monthly
            }
            compress
            notanoption
            ROOT/log/z.log /nonexistent/q.log {
              yearly
            }
            ROOT/log/three.log {
              rotate -2
            }
            ROOT/log/n.log {
              maxage
              rotate 7
            }
            ROOT/log/after.log {
              tabooext + .foo
              rotate 7
            }
            ROOT/log/one.log {
              rotate 3
              sharedscripts }
            """
        ],
        // Numbers, units, several lines of paths, an include within a definition.
        [
            "main.conf": """
            include ROOT/extra
            ROOT/log/z.log /nonexistent/*.log {
              weekly 3
              rotate 0x10
              maxsize 2k
              maxage 7
            }
            ROOT/log/a.log {
              minsize 2G
              size 1
              rotate 5

              postrotate
                echo }
              endscript
              weekly
            }
            ROOT/log/x2.log { }
            ROOT/log/n.log
            ROOT/log/one.log
            {
            rotate 010
            }
            ROOT/log/y.log{
              monthly
            }
            'ROOT/log/b c.log' {
             daily
              rotate   =   3
            }
            ROOT/log/x1.log {
              include ROOT/inner
              rotate 7
            }
            ROOT/log/*.log {
              ignoreduplicates
              hourly
            }
            """, "extra": "weekly\nrotate 3\nsize 20M\n", "inner": "monthly\nmaxage 12\n",
        ],
        [
            "main.conf": "ROOT/log/two.log {\n daily\n}\ninclude ROOT/d\nROOT/log/three.log {\n weekly\n}\n", "d/a": "ROOT/log/n.log {\n daily\n}\n",
            "d/b": "ROOT/log/a.log {\n daily\n}\nROOT/log/y.log {\n weekly 9\n}\nROOT/log/z.log {\n daily\n}\n",
            "d/c": "ROOT/log/one.log {\n daily\n}\n",
        ],
        ["main.conf": "ignoreduplicates\nROOT/log/x1.log {\n daily\n}\nROOT/log/*.log ROOT/log/x1.log {\n rotate 3\n}\n"],
        ["main.conf": "ROOT/log/x1.log {\n daily\n}\nROOT/log/*.log ROOT/log/.hidden.log {\n rotate 3\n}\n"],
        [
            "main.conf": "tabooext + .off, .bak\ninclude ROOT/d\n", "d/a.off": "ROOT/log/a.log {\n}\n", "d/b": "ROOT/log/x1.log {\ndaily\n}\n",
            "d/c.bak": "ROOT/log/y.log {\n}\n",
        ],
        ["main.conf": "daily\nROOT/log/a.log {\n rotate 2\n}\n]\nROOT/log/y.log {\n rotate 3\n}\n"],
        ["main.conf": "daily\nROOT/log/a.log {\n weekly 9\n}\nROOT/log/y.log {\n rotate 3\n}\n"],
    ]

    @Test("The real logrotate reads the same definitions and has the same one for each file", arguments: configurations.indices)
    func sameAsLogrotate(_ index: Int) throws {
        let folder = try makeFolder(Self.configurations[index].merging(Self.logs) { $1 })
        defer { withExtendedLifetime(folder) {} }
        let ours = LogrotateReader(folder.path("main.conf"))
        let theirs = try real(folder, "main.conf")
        for (criterion, count, files) in theirs {
            for file in files where FileManager.default.fileExists(atPath: file) {
                let block = ours.block(for: file)
                #expect(block.map { name($0.settings.criterion) } == criterion, "\(file)")
                #expect(block.map { String($0.settings.rotate) } == count, "\(file)")
            }
        }
        let considered = Set(theirs.flatMap(\.files).filter { FileManager.default.fileExists(atPath: $0) })
        let matched = Set(Self.logs.keys.map(folder.path).filter { ours.block(for: $0) != nil })
        #expect(matched == considered)
    }

    @Test("Debian's own configuration is read without a complaint", .enabled(if: FileManager.default.fileExists(atPath: "/etc/logrotate.d/nginx")))
    func debian() throws {
        let reader = LogrotateReader()
        #expect(reader.problems.isEmpty)
        #expect(reader.block(for: "/var/log/nginx/access.log")?.settings.kept == .days(atLeast: 14, atMost: 15))
        #expect(reader.block(for: "/var/log/nginx/access.log.1") == nil)
    }

    static let spans: [(String, KeptSpan, Bool?)] = [
        ("daily\nrotate 184", .days(atLeast: 184, atMost: 185), true), ("daily\nrotate 183", .days(atLeast: 183, atMost: 184), false),
        ("weekly\nrotate 27", .days(atLeast: 189, atMost: 196), true), ("weekly\nrotate 26", .days(atLeast: 182, atMost: 189), false),
        ("monthly\nrotate 6", .days(atLeast: 181, atMost: 215), false), ("monthly\nrotate 7", .days(atLeast: 212, atMost: 245), true),
        ("yearly\nrotate 1", .days(atLeast: 365, atMost: 731), true), ("hourly\nrotate 4416", .uncertain(atLeast: 184, atMost: 4_416), true),
        ("hourly\nrotate 24", .uncertain(atLeast: 1, atMost: 24), false), ("hourly\nrotate 200", .uncertain(atLeast: 8, atMost: 200), nil),
        ("daily\nrotate 365\nmaxage 90", .days(atLeast: 90, atMost: 91), false), ("daily\nrotate -1", .untilFull, true),
        ("daily\nrotate -1\nmaxage 184", .days(atLeast: 184, atMost: 185), true), ("daily\nrotate 0", .days(atLeast: 0, atMost: 1), false),
        ("", .days(atLeast: 0, atMost: nil), false),
        ("size 100M\nrotate 10", .uncertain(atMost: nil), nil), ("size 100M\nrotate 10\nmaxage 30", .uncertain(atMost: 30), false),
        ("daily\nmaxsize 1G\nrotate 200", .uncertain(atMost: 200), nil), ("daily\nmaxsize 1G\nrotate 14", .uncertain(atMost: 14), false),
        ("weekly\nminsize 1M\nrotate 27", .days(atLeast: 189, atMost: nil), true),
        ("size 1M\ndaily\nrotate 200", .days(atLeast: 200, atMost: 201), true),
        ("daily\nsize 1M\nrotate 200", .uncertain(atMost: nil), nil),
    ]

    @Test("How long entries are kept", arguments: spans)
    func kept(_ text: String, _ kept: KeptSpan, _ allows: Bool?) throws {
        let folder = try makeFolder(["main.conf": "/var/log/a.log {\n\(text)\n}\n"])
        defer { withExtendedLifetime(folder) {} }
        let block = try #require(LogrotateReader(folder.path("main.conf")).block(for: "/var/log/a.log"))
        #expect(block.settings.kept == kept)
        #expect(block.settings.kept.allows(184) == allows)
    }

    @Test("Below a folder that stands for the root, includes and logs are found")
    func root() throws {
        let folder = try makeFolder([
            "etc/logrotate.conf": "weekly\nrotate 27\ninclude /etc/logrotate.d\n",
            "etc/logrotate.d/nginx": "/var/log/nginx/*.log {\n daily\n rotate 14\n}\n",
            "etc/logrotate.d/app": "/var/log/app/*.log {\n}\n",
        ])
        defer { withExtendedLifetime(folder) {} }
        let settings = RotationSettings(root: folder.folder.path)
        let nginx = settings.rotation(of: ["access.log", "access.log.1", "access.log.2.gz", "error.log"].map { folder.path("var/log/nginx/\($0)") })
        #expect(nginx.settings.map(\.kept) == [.days(atLeast: 14, atMost: 15)])
        #expect(nginx.settings.first?.file == "/etc/logrotate.d/nginx" && nginx.settings.first?.line == 1)
        #expect(nginx.allows(184) == false)
        #expect(settings.rotation(of: [folder.path("var/log/app/x.log-20260101.gz")]).allows(184) == true)
        let both = settings.rotation(of: [folder.path("var/log/app/x.log"), folder.path("srv/y.log")])
        #expect(both.ungoverned == 1 && both.allows(184) == nil)
        #expect(settings.rotation(of: ["/elsewhere/nginx/access.log"]).settings.isEmpty)
    }

    @Test("A file that others may write is ignored, as logrotate does; includes in a circle end")
    func refused() throws {
        let folder = try makeFolder(["open": "/var/log/a.log {\n}\n", "circle": "include ROOT/circle\n/var/log/a.log {\n}\n"])
        defer { withExtendedLifetime(folder) {} }
        try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: folder.path("open"))
        #expect(LogrotateReader(folder.path("open")).blocks.isEmpty)
        #expect(LogrotateReader(folder.path("circle")).problems.contains { $0.hasSuffix("includes itself") })
        #expect(LogrotateReader(folder.path("nothing")).blocks.isEmpty)
    }

    @Test("Any bytes are read to the end")
    func hostile() throws {
        let folder = try makeFolder([:])
        defer { withExtendedLifetime(folder) {} }
        var generator = SeededGenerator(seed: 3)
        let seeds = Self.configurations.compactMap { $0["main.conf"] }.map { Array($0.utf8) }
        let alphabet = Array("{}\"'\\/#\n =rotate daily size weekly 9999999999999999999999 include postrotate endscript\0\u{FF}".utf8)
        for round in 0..<400 {
            var bytes = seeds[round % seeds.count]
            for _ in 0..<Int.random(in: 1...40, using: &generator) {
                let at = Int.random(in: 0..<max(1, bytes.count), using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0 where !bytes.isEmpty: bytes.remove(at: min(at, bytes.count - 1))
                case 1: bytes.insert(alphabet.randomElement(using: &generator) ?? 0, at: min(at, bytes.count))
                default: if at < bytes.count { bytes[at] = UInt8.random(in: 0...255, using: &generator) }
                }
            }
            try Data(bytes).write(to: URL(fileURLWithPath: folder.path("mutated")))
            let reader = LogrotateReader(folder.path("mutated"))
            for block in reader.blocks { _ = block.settings.kept.allows(184) }
        }
        try Data(repeating: UInt8(ascii: "{"), count: 2 << 20).write(to: URL(fileURLWithPath: folder.path("braces")))
        #expect(LogrotateReader(folder.path("braces")).blocks.isEmpty)
    }
}
