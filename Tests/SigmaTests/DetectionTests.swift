import Sigma
import Testing

@Suite struct DetectionTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var detection: String
        var hits: [[String: String]]
        var misses: [[String: String]]
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(
            name: "equality without regard to case", detection: "s:\n    cs-method: post\ncondition: s",
            hits: [["cs-method": "POST"], ["cs-method": "post"]], misses: [["cs-method": "POSTS"], ["cs-method": "XPOST"], ["cs-host": "post"]]),
        Case(
            name: "cased", detection: "s:\n    agent|cased: CuRL\ncondition: s", hits: [["agent": "CuRL"]],
            misses: [["agent": "curl"], ["agent": "CURL"]]),
        Case(
            name: "cased contains", detection: "s:\n    agent|contains|cased: CuRL\ncondition: s", hits: [["agent": "a CuRL b"]],
            misses: [["agent": "a curl b"]]),
        Case(
            name: "contains, any of", detection: "s:\n    cs-uri-query|contains:\n        - '../etc'\n        - 'union select'\ncondition: s",
            hits: [["cs-uri-query": "/a?b=../ETC/passwd"], ["cs-uri-query": "/?q=1 UNION SELECT 2"]], misses: [["cs-uri-query": "/etc/"], [:]]),
        Case(
            name: "contains, all of", detection: "s:\n    a0|contains|all:\n        - 'one'\n        - 'two'\ncondition: s",
            hits: [["a0": "two and one"]], misses: [["a0": "one"], ["a0": "two"]]),
        Case(
            name: "startswith", detection: "s:\n    cs-uri-stem|startswith: '/Admin'\ncondition: s",
            hits: [["cs-uri-stem": "/admin/x"], ["cs-uri-stem": "/ADMIN"]],
            misses: [["cs-uri-stem": "/x/admin"], ["cs-uri-stem": "/admi"]]),
        Case(
            name: "endswith", detection: "s:\n    cs-uri-stem|endswith: '.Bak'\ncondition: s",
            hits: [["cs-uri-stem": "/db.bak"], ["cs-uri-stem": ".bak"]],
            misses: [["cs-uri-stem": "/db.bak2"], ["cs-uri-stem": "bak"]]),
        Case(
            name: "the query proper, where it is anchored", detection: "s:\n    cs-uri-query|startswith: 'cmd='\ncondition: s",
            hits: [["cs-uri-query": "/x.php?cmd=id"], ["cs-uri-query": "cmd=id"]],
            misses: [["cs-uri-query": "/x.php?a=1&cmd=id"], ["cs-uri-stem": "/?cmd=id"]]),
        Case(
            name: "star", detection: "s:\n    f: 'a*b*c'\ncondition: s", hits: [["f": "abc"], ["f": "aXbYbc"], ["f": "A-b-bb--C"]],
            misses: [["f": "acb"], ["f": "abcd"], ["f": "xabc"], ["f": "ab"]]),
        Case(
            name: "star at the ends", detection: "s:\n    f: '*evil*'\ncondition: s", hits: [["f": "evil"], ["f": "an evil thing"]],
            misses: [["f": "evi"]]),
        Case(
            name: "star alone means any value", detection: "s:\n    f: '*'\ncondition: s", hits: [["f": "x"], ["f": ""]], misses: [["g": "x"]]),
        Case(
            name: "question mark is one character", detection: "s:\n    f: 'a?c'\ncondition: s", hits: [["f": "abc"], ["f": "a?c"], ["f": "a中c"]],
            misses: [["f": "ac"], ["f": "abbc"]]),
        Case(
            name: "question mark before the end", detection: "s:\n    f|endswith: 'x??.exe'\ncondition: s",
            hits: [["f": "yx12.exe"], ["f": "xé中.EXE"]],
            misses: [["f": "x1.exe"], ["f": "x.exe"]]),
        Case(
            name: "escaped wildcards", detection: "s:\n    f: 'a\\*b\\?c'\ncondition: s", hits: [["f": "a*b?c"]],
            misses: [["f": "aXXb?c"], ["f": "a*bXc"]]),
        Case(
            name: "escaped wildcards among wildcards", detection: "s:\n    f|contains: 'select \\**from'\ncondition: s",
            hits: [["f": "SELECT * x from t"], ["f": "select *from"]],
            misses: [["f": "select a from"]]),
        Case(
            name: "backslashes", detection: "s:\n    f: 'c:\\win\\\\x\\\\*'\ncondition: s", hits: [["f": "c:\\win\\x\\y"], ["f": "C:\\WIN\\X\\"]],
            misses: [["f": "c:\\win\\x"], ["f": "c:winx"]]),
        Case(
            name: "three and four backslashes",
            detection: "s:\n    f:\n        - 'a\\\\\\b'\n        - 'c\\\\\\\\d'\n        - 'e\\\\\\*f'\ncondition: s",
            hits: [["f": "a\\\\b"], ["f": "c\\\\d"], ["f": "e\\*f"]], misses: [["f": "a\\b"], ["f": "c\\d"], ["f": "e\\xf"]]),
        Case(
            name: "numbers", detection: "s:\n    sc-status:\n        - 200\n        - 301\ncondition: s",
            hits: [["sc-status": "200"], ["sc-status": "301"]],
            misses: [["sc-status": "2000"], ["sc-status": "20"], ["sc-status": "-"], [:]]),
        Case(
            name: "numbers in quotes", detection: "s:\n    f: '0644'\ncondition: s", hits: [["f": "0644"]], misses: [["f": "644"], ["f": "420"]]),
        Case(
            name: "numbers in text modifiers", detection: "s:\n    f|contains: 404\ncondition: s", hits: [["f": "x404y"]], misses: [["f": "40 4"]]),
        Case(
            name: "null", detection: "s:\n    f: null\n    g: 1\ncondition: s", hits: [["g": "1"]],
            misses: [["g": "1", "f": "x"], ["g": "1", "f": ""], ["f": "x"]]),
        Case(
            name: "null of a web field is a dash, too", detection: "s:\n    cs-referer: null\n    g: 1\ncondition: s",
            hits: [["g": "1"], ["g": "1", "cs-referer": "-"], ["g": "1", "cs-referer": ""]], misses: [["g": "1", "cs-referer": "http://x"]]),
        Case(
            name: "empty", detection: "s:\n    f: ''\ncondition: s", hits: [["f": ""]], misses: [["f": "x"], ["f": "-"], [:]]),
        Case(
            name: "empty of a web field is a dash, but not a column that isn't there", detection: "s:\n    c-useragent: ''\ncondition: s",
            hits: [["c-useragent": ""], ["c-useragent": "-"]], misses: [["c-useragent": "x"], [:]]),
        Case(
            name: "a dash of a web field", detection: "s:\n    cs-referer: '-'\ncondition: s", hits: [["cs-referer": "-"], ["cs-referer": ""]],
            misses: [["cs-referer": "--"], [:]]),
        Case(
            name: "exists", detection: "s:\n    f|exists: true\n    g|exists: false\ncondition: s", hits: [["f": ""], ["f": "x"]],
            misses: [["f": "x", "g": "y"], [:], ["g": "y"]]),
        Case(
            name: "not equal", detection: "s:\n    f|neq:\n        - a\n        - 7\n    g: 1\ncondition: s",
            hits: [["g": "1", "f": "b"], ["g": "1"]],
            misses: [["g": "1", "f": "A"], ["g": "1", "f": "7"]]),
        Case(
            name: "keywords on the raw line", detection: "k:\n    - 'Evil Service'\n    - 'x=*;rm'\ncondition: k",
            hits: [["f": "an evil service"], ["f": "X=1 ;RM"]],
            misses: [["f": "evil  service"], ["f": "rm x="]]),
        Case(
            name: "keywords, all of", detection: "k:\n    '|all':\n        - 'one'\n        - 'two'\ncondition: k", hits: [["f": "two", "g": "one"]],
            misses: [["f": "one"]]),
        Case(
            name: "a single keyword", detection: "k: 'evil'\ncondition: k", hits: [["f": "an evil service"]], misses: [["f": "good"]]),
        Case(
            name: "a list of maps", detection: "s:\n    - f|endswith: '.exe'\n    - g|contains: test\n      h: 1\ncondition: s",
            hits: [["f": "a.exe"], ["g": "a test", "h": "1"]], misses: [["g": "a test"], ["f": "a.ex"]]),
        Case(
            name: "a list of maps and keywords", detection: "s:\n    - f: x1\n    - 'keyword'\ncondition: s",
            hits: [["f": "x1"], ["g": "a keyword"]], misses: [["g": "x1"]]),
        Case(
            name: "networks", detection: "s:\n    c-ip|cidr:\n        - 10.0.0.0/8\n        - 2001:db8::/32\ncondition: s",
            hits: [["c-ip": "10.2.3.4"], ["c-ip": "2001:db8::1"], ["c-ip": "::ffff:10.0.0.1"]],
            misses: [["c-ip": "11.0.0.1"], ["c-ip": "host"], ["c-ip": "2001:db9::1"], [:]]),
        Case(
            name: "regular expressions", detection: "s:\n    f|re: '^/[a-f0-9]{4}\\.(php|jsp)$'\ncondition: s", hits: [["f": "/0abc.php"]],
            misses: [["f": "/0ABC.php"], ["f": "/0abc.phps"], ["f": ""]]),
        Case(
            name: "regular expressions with i", detection: "s:\n    f|re|i: 'ev[ai]l'\ncondition: s", hits: [["f": "an EVIL thing"], ["f": "eval("]],
            misses: [["f": "evol"]]),
        Case(
            name: "regular expressions with m", detection: "s:\n    f|re|m: '^b$'\ncondition: s", hits: [["f": "a\nb\nc"]], misses: [["f": "a b c"]]),
        Case(
            name: "regular expressions with s", detection: "s:\n    f|re|s: 'a.b'\ncondition: s", hits: [["f": "a\nb"]], misses: [["f": "ab"]]),
        Case(
            name: "regular expressions, without s", detection: "s:\n    f|re: 'a.b'\ncondition: s", hits: [["f": "a b"]], misses: [["f": "a\nb"]]),
        Case(
            name: "regular expressions that match nothing much", detection: "s:\n    f|re: '^x*$'\ncondition: s", hits: [["f": ""], ["f": "xx"]],
            misses: [["f": "xyx"], [:]]),
        Case(
            name: "regular expressions, anchored by modifiers", detection: "s:\n    f|re|startswith: 'a|b'\n    g|re|endswith: 'c|d'\ncondition: s",
            hits: [["f": "bx", "g": "xd"]], misses: [["f": "xb", "g": "xd"], ["f": "bx", "g": "dx"]]),
        Case(
            name: "all of some regular expressions", detection: "s:\n    f|re|all:\n        - 'a+'\n        - 'b+'\ncondition: s",
            hits: [["f": "bca"]], misses: [["f": "aaa"]]),
        Case(
            name: "regular expressions on the raw line", detection: "k:\n    '|re': 'x{3}'\ncondition: k", hits: [["f": "axxxa"]],
            misses: [["f": "xxax"]]),
        Case(
            name: "another field", detection: "s:\n    f|fieldref: g\ncondition: s", hits: [["f": "Abc", "g": "aBC"]],
            misses: [["f": "abc", "g": "abcd"], ["f": "abc"], ["g": "abc"]]),
        Case(
            name: "another field at the start", detection: "s:\n    f|fieldref|startswith: g\ncondition: s", hits: [["f": "abcd", "g": "AB"]],
            misses: [["f": "xab", "g": "ab"]]),
        Case(
            name: "another field anywhere", detection: "s:\n    f|fieldref|contains: g\ncondition: s", hits: [["f": "xaby", "g": "AB"]],
            misses: [["f": "a b", "g": "ab"]]),
        Case(
            name: "windash", detection: "s:\n    f|windash|contains: ' -exec x-y'\ncondition: s",
            hits: [["f": "a -exec x-y"], ["f": "a /EXEC x-y"], ["f": "a –exec x-y"], ["f": "a ―exec x-y"]],
            misses: [["f": "a -exec x/y"], ["f": "a +exec x-y"]]),
        Case(
            name: "base64", detection: "s:\n    f|base64|contains: 'http://'\ncondition: s", hits: [["f": "x aHR0cDovLw== y"]],
            misses: [["f": "http://"]]),
        Case(
            name: "base64 at any offset", detection: "s:\n    f|base64offset|contains: '/bin/bash'\ncondition: s",
            // printf '/bin/bash', 'x/bin/bash', 'xy/bin/bashz' | base64
            hits: [["f": "L2Jpbi9iYXNo"], ["f": "eC9iaW4vYmFzaA=="], ["f": "eHkvYmluL2Jhc2h6"]], misses: [["f": "/bin/bash"], ["f": "L2Jpbi9zaA=="]]),
        Case(
            name: "comparisons",
            detection: "s:\n    sc-bytes|gt: 1000\n    sc-status|lt: 500\n    time-taken|gte: 5\n    s-port|lte: 443\ncondition: s",
            hits: [["sc-bytes": "1001", "sc-status": "499", "time-taken": "5", "s-port": "443"]],
            misses: [
                ["sc-bytes": "1000", "sc-status": "499", "time-taken": "5", "s-port": "443"],
                ["sc-bytes": "1001", "sc-status": "500", "time-taken": "5", "s-port": "443"],
                ["sc-bytes": "1001", "sc-status": "499", "time-taken": "4", "s-port": "443"],
                ["sc-bytes": "1001", "sc-status": "499", "time-taken": "5", "s-port": "444"],
                ["sc-bytes": "99999999999999999999", "sc-status": "499", "time-taken": "5", "s-port": "443"],
            ]),
    ]

    @Test(arguments: cases)
    func `matches what it should and nothing else`(_ value: Case) throws {
        let set = Rules.set(value.detection)
        #expect(set.rejected.isEmpty, "\(set.rejected)")
        for (fields, expected) in value.hits.map({ ($0, true) }) + value.misses.map({ ($0, false) }) {
            let found = try Rules.matches(set, PretendEvent(fields.mapValues { .text($0) }))
            #expect(found.all == expected, "\(fields)")
            #expect(found.candidates == expected, "by its literals: \(fields)")
        }
    }

    @Test func `UTF-16 values match their bytes`() throws {
        let text: [UInt8] = Array("cmd".utf8).flatMap { [$0, 0] }
        for (modifier, bytes) in [("wide", text), ("utf16le", text), ("utf16be", [0] + text.dropLast()), ("utf16", [0xFF, 0xFE] + text)]
            as [(String, [UInt8])]
        {
            let set = Rules.set("s:\n    f|\(modifier)|contains: cmd\ncondition: s")
            #expect(try Rules.matches(set, PretendEvent(["f": .bytes([0x78] + bytes + [0x78])])) == (true, true), "\(modifier)")
            #expect(try Rules.matches(set, PretendEvent(["f": .text("cmd")])) == (false, false), "\(modifier)")
        }
    }

    @Test func `integers of events are compared as numbers, and as their digits`() throws {
        for detection in [
            "s:\n    sc-status: 404\ncondition: s", "s:\n    sc-status: '404'\ncondition: s", "s:\n    sc-status|startswith: '40'\ncondition: s",
        ] {
            #expect(try Rules.matches(Rules.set(detection), PretendEvent(["sc-status": .integer(404)])) == (true, true))
            #expect(try Rules.matches(Rules.set(detection), PretendEvent(["sc-status": .integer(200)])) == (false, false))
        }
        let least = Rules.set("s:\n    f: '-9223372036854775808'\ncondition: s")
        #expect(try Rules.matches(least, PretendEvent(["f": .integer(.min)])) == (true, true))
    }

    @Test func `bytes that are no text match byte by byte`() throws {
        let set = Rules.set("s:\n    f|contains: '=a?b'\ncondition: s")
        #expect(try Rules.matches(set, PretendEvent(["f": .bytes([0xFF, 0x3D, 0x61, 0xFE, 0x62, 0x00])])) == (true, true))
        #expect(try Rules.matches(set, PretendEvent(["f": .bytes([0x3D, 0x61, 0xFE, 0xFE, 0x62])])) == (false, false))
    }
}

func == (left: (all: Bool, candidates: Bool), right: (Bool, Bool)) -> Bool { left.all == right.0 && left.candidates == right.1 }
