/// One nginx log in combined form, as fast as a disk takes it: for speed, not for detections. Ordinary requests only.
struct CombinedLog {
    var lines: Int
    /// Ends there when it isn't 0, whatever `lines` says.
    var bytes: Int
    var addresses: Int
    var seed: UInt64
    /// Microseconds between two lines on average: 3 million lines make a week.
    var pace: Double = 201_600

    private static let pieces: [String] = {
        var pieces: [String] = []
        let kinds = [
            "/static/js/app.", "/static/css/main.", "/doctor/", "/hospital/department/", "/article/health/", "/api/v2/schedule?doctor=",
            "/search?q=%E5%84%BF%E7%A7%91&page=", "/img/avatar/",
        ]
        for kind in kinds { pieces.append(kind) }
        return pieces
    }()
    private static let endings = [".js", ".css", "", "/list", ".html", "&week=2", "&sort=near", ".png"]
    private static let agents = [
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.49",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/116.0.0.0 Mobile Safari/537.36",
        "okhttp/4.12.0", "clinic/5.8.1 (iPhone; iOS 17.5; Scale/3.00) zh_CN", "okhttp/3.14.9", "clinic/5.8.0 (iPhone; iOS 16.7; Scale/2.00) zh_CN",
        "Dalvik/2.1.0 (Linux; U; Android 13)",
    ]
    private static let referers = [
        "-", "-", "-", "https://www.example.cn/", "-", "https://www.example.cn/search", "https://m.example.cn/doctor", "-",
    ]

    func write(to path: String) -> (lines: Int, bytes: Int) {
        let writer = LogWriter(path)
        var random = Random(seed, "combined")
        let wanted = bytes > 0 ? bytes / 183 : lines
        let distinct = min(addresses, wanted)
        let heads = (Self.pieces + Self.endings + Self.agents + Self.referers).map { Array($0.utf8) }
        let capacity = 1 << 20
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity + 4_096, alignment: 16)
        defer { buffer.deallocate() }
        var at = 0
        var stamp = Line()
        var stamped: Moment = -1
        var clock = Double(midnight(2026, 9, 1))
        var count = 0
        var known = 0
        var total = 0

        @inline(__always) func copy(_ bytes: [UInt8]) {
            bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[at..<(at + bytes.count)]).copyMemory(from: $0) }
            at += bytes.count
        }
        @inline(__always) func decimal(_ value: UInt64) {
            var digits = 1
            var limit: UInt64 = 10
            while value >= limit { digits += 1; limit *= 10 }
            var rest = value
            for index in stride(from: at + digits - 1, through: at, by: -1) {
                buffer[index] = 48 &+ UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            at += digits
        }
        let (open, get, protocolAnd200, protocolAnd304, quote) = (
            Array(" - - [".utf8), Array("] \"GET ".utf8), Array(" HTTP/1.1\" 200 ".utf8), Array(" HTTP/1.1\" 304 0 \"".utf8), Array("\" \"".utf8)
        )
        while bytes > 0 ? total + at < bytes : count < lines {
            // The addresses come one after another, evenly over the log; between them, earlier ones again, the early more often.
            let due = count < wanted ? Int((Double(count + 1) * Double(distinct) / Double(wanted)).rounded(.down)) : distinct
            let index: Int
            if known < due || known == 0 {
                index = known
                known += 1
            } else {
                let skew = random.unit()
                index = Int(skew * skew * Double(known))
            }
            address(index, &random) { byte in
                buffer[at] = byte; at += 1
            } decimal: {
                decimal($0)
            }
            let bits = random.next()
            clock += pace * Double(bits & 0xff) / 127.5
            let moment = Moment(clock)
            if moment / second != stamped {
                stamped = moment / second
                stamp.bytes.removeAll(keepingCapacity: true)
                stamp.commonStamp(moment)
            }
            copy(open)
            copy(stamp.bytes)
            copy(get)
            let kind = Int(bits >> 8 & 7)
            copy(heads[kind])
            decimal(bits >> 16 & 0xffff)
            copy(heads[8 + kind])
            if bits >> 32 & 15 == 0 {
                copy(protocolAnd304)
            } else {
                copy(protocolAnd200)
                decimal(200 + bits >> 36 & 0x7fff)
                buffer[at] = 0x20
                buffer[at + 1] = 0x22
                at += 2
            }
            copy(heads[24 + Int(bits >> 52 & 7)])
            copy(quote)
            copy(heads[16 + Int(bits >> 56 & 7)])
            buffer[at] = 0x22
            buffer[at + 1] = 0x0A
            at += 2
            count += 1
            if at >= capacity {
                writer.write(UnsafeRawBufferPointer(rebasing: buffer[..<at]))
                total += at
                at = 0
            }
        }
        writer.write(UnsafeRawBufferPointer(rebasing: buffer[..<at]))
        writer.close()
        return (count, total + at)
    }

    /// The `index`th address: no two alike; spread over all routed IPv4, and those that fell on what is not routed turned into IPv6.
    @inline(__always)
    private func address(_ index: Int, _ random: inout Random, byte: (UInt8) -> Void, decimal: (UInt64) -> Void) {
        let scrambled = (UInt32(truncatingIfNeeded: index) &* 2_654_435_769) &+ UInt32(truncatingIfNeeded: seed &* 97)
        if !isRouted(scrambled) {
            let digits = Array("0123456789abcdef".utf8)
            for unit in "2409:8a".utf8 { byte(unit) }
            for shift in [28, 24] { byte(digits[Int(scrambled >> UInt32(shift) & 15)]) }
            byte(0x3A)
            for shift in [20, 16, 12, 8] { byte(digits[Int(scrambled >> UInt32(shift) & 15)]) }
            byte(0x3A)
            byte(0x3A)
            for unit in "1".utf8 { byte(unit) }
            for shift in [4, 0] { byte(digits[Int(scrambled >> UInt32(shift) & 15)]) }
            return
        }
        decimal(UInt64(scrambled >> 24))
        byte(0x2E)
        decimal(UInt64(scrambled >> 16 & 255))
        byte(0x2E)
        decimal(UInt64(scrambled >> 8 & 255))
        byte(0x2E)
        decimal(UInt64(scrambled & 255))
    }

    @inline(__always)
    private func isRouted(_ address: UInt32) -> Bool {
        let first = address >> 24
        switch first {
        case 0, 10, 127, 224...255: return false
        case 100: return address >> 22 != 0x191
        case 169: return address >> 16 != 0xA9FE
        case 172: return address >> 20 != 0xAC1
        case 192: return address >> 16 != 0xC0A8 && address >> 8 != 0xC00002
        case 198: return address >> 17 != 0x6309 && address >> 8 != 0xC63364
        case 203: return address >> 8 != 0xCB0071
        default: return true
        }
    }
}
