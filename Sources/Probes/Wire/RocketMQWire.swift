/// Frames of RocketMQ's remoting protocol: length, length of the header (with the way it is serialised in front: 0, JSON), header, body.
enum RocketMQWire {
    enum Code {
        static let success = 0
        static let systemError = 1
        static let notSupported = 3
        static let noPermission = 16
    }

    struct Response {
        let code: Int
        let remark: String
        let body: ArraySlice<UInt8>
    }

    enum Reading {
        case incomplete, invalid
        case response(Response)
    }

    /// GET_BROKER_CLUSTER_INFO, which a name server answers.
    static func clusterInformation(number: Int) -> [UInt8] {
        let header = Array(
            #"{"code":106,"language":"OTHER","version":0,"opaque":\#(number),"flag":0,"extFields":{},"serializeTypeCurrentRPC":"JSON"}"#.utf8)
        var frame: [UInt8] = []
        frame.appendBig(UInt32(truncatingIfNeeded: header.count + 4))
        frame.appendBig(UInt32(truncatingIfNeeded: header.count))
        return frame + header
    }

    /// Reads the response to the request of that number.
    static func read(_ bytes: [UInt8], number: Int) -> Reading {
        var reader = ByteReader(bytes)
        guard let length = reader.big(4) else { return .incomplete }
        guard (6..<UInt64(ProbeLimits.bytes)).contains(length) else { return .invalid }
        guard let headerLength = reader.big(4) else { return .incomplete }
        guard (2...length - 4).contains(headerLength) else { return .invalid }
        guard let first = reader.rest.first else { return .incomplete }
        guard first == UInt8(ascii: "{") else { return .invalid }
        guard reader.remaining >= Int(length) - 4, let header = reader.take(Int(headerLength)) else { return .incomplete }
        guard let body = reader.take(Int(length) - 4 - Int(headerLength)), let fields = JSON.read(Array(header)), fields["opaque"]?.integer == number,
            let code = fields["code"]?.integer, let flag = fields["flag"]?.integer, flag & 1 == 1
        else { return .invalid }
        return .response(Response(code: code, remark: fields["remark"]?.text ?? "", body: body))
    }

    /// How many members the object of that name has, directly inside the outer one. The server's JSON has numbers as names, without quotes, so that no
    /// strict reader takes it.
    static func members(of name: String, in text: ArraySlice<UInt8>) -> Int? {
        let name = Array("\"\(name)\"".utf8)
        var depth = 0
        var stringStart: Int?
        var isEscaped = false
        var lastString: ArraySlice<UInt8> = []
        var count: Int?
        for index in text.indices {
            let byte = text[index]
            if let start = stringStart {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    lastString = text[start...index]
                    stringStart = nil
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): stringStart = index
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if depth == 1, count == nil, lastString.elementsEqual(name) { count = 0 }
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 1, let count { return count }
            // One for each member, whatever its name looks like.
            case UInt8(ascii: ":") where depth == 2: count = count.map { $0 + 1 }
            default: break
            }
            guard depth >= 0, depth <= 32 else { return nil }
        }
        return nil
    }
}
