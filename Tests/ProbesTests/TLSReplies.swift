import Probes
import TestSupport

/// What TLS servers reply, built as the RFCs say.
enum TLSReplies {
    static func record(_ type: UInt8, _ content: [UInt8], version: UInt16 = 0x0303) -> [UInt8] {
        [type] + Replies.big(version) + Replies.big(UInt16(content.count)) + content
    }

    static func message(_ type: UInt8, _ body: [UInt8]) -> [UInt8] { [type] + Replies.big(UInt32(body.count)).dropFirst() + body }

    /// A ServerHello.
    /// - Parameter selected: for the extension supported_versions.
    static func hello(_ version: UInt16, _ suite: UInt16, selected: UInt16? = nil, session: [UInt8] = [], compression: UInt8 = 0) -> [UInt8] {
        var body = Replies.big(version) + [UInt8](repeating: 7, count: 32)
        body += [UInt8(session.count)] + session
        body += Replies.big(suite) + [compression]
        if let selected {
            let extensions: [UInt8] = [0, 43, 0, 2] + Replies.big(selected)
            body += Replies.big(UInt16(extensions.count)) + extensions
        }
        return message(2, body)
    }

    static func certificates(_ list: [[UInt8]]) -> [UInt8] {
        let content = list.flatMap { Replies.big(UInt32($0.count)).dropFirst() + $0 }
        return message(11, Array(Replies.big(UInt32(content.count)).dropFirst()) + content)
    }

    static func alert(_ description: UInt8, level: UInt8 = 2, version: UInt16 = 0x0303) -> [UInt8] {
        record(21, [level, description], version: version)
    }

    /// Reads to the end, the bytes cut as given.
    static func answer(_ hello: TLSHello, _ pieces: [[UInt8]], wantsCertificates: Bool = true, end: ProbeEnd = .closed) -> TLSAnswer {
        var reader = TLSAnswerReader(hello, wantsCertificates: wantsCertificates)
        for piece in pieces where !piece.isEmpty { if let answer = reader.received(piece) { return answer } }
        return reader.ended(end)
    }
}
