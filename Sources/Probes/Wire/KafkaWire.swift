/// Requests and responses of Kafka's protocol in the versions before "flexible" ones, which every broker since 0.10 speaks.
enum KafkaWire {
    enum Key {
        static let metadata: Int16 = 3
        static let saslHandshake: Int16 = 17
        static let apiVersions: Int16 = 18
    }

    enum ErrorCode {
        static let unsupportedMechanism: Int16 = 33
    }

    enum Reading {
        case incomplete, invalid
        /// Longer than a probe may receive.
        case tooLong
        case response(ArraySlice<UInt8>, length: Int)
    }

    static func apiVersions(correlation: Int32) -> [UInt8] { request(Key.apiVersions, version: 0, correlation, []) }

    /// - Parameter topics: every topic, or none: the brokers are told anyway.
    static func metadata(version: Int16, allTopics: Bool, correlation: Int32) -> [UInt8] {
        var body: [UInt8] = []
        body.appendBig(Int32(allTopics ? -1 : 0))
        // Create nothing; tell what this client may do with the cluster, and not what with each topic.
        if version >= 4 { body.append(0) }
        if version >= 8 { body += [1, 0] }
        return request(Key.metadata, version: version, correlation, body)
    }

    /// Names a mechanism, which is no login yet: a listener with SASL answers with those that it has, whether this one is among them or not.
    static func saslHandshake(_ mechanism: String, correlation: Int32) -> [UInt8] {
        request(Key.saslHandshake, version: 0, correlation, string(mechanism))
    }

    private static func request(_ key: Int16, version: Int16, _ correlation: Int32, _ body: [UInt8]) -> [UInt8] {
        var header: [UInt8] = []
        header.appendBig(key)
        header.appendBig(version)
        header.appendBig(correlation)
        header += string("suwen")
        var size: [UInt8] = []
        size.appendBig(Int32(truncatingIfNeeded: header.count + body.count))
        return size + header + body
    }

    private static func string(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendBig(Int16(truncatingIfNeeded: text.utf8.count))
        return bytes + Array(text.utf8)
    }

    /// Reads the first response of `bytes`, to the request of that number: what follows the number.
    static func read(_ bytes: ArraySlice<UInt8>, correlation: Int32) -> Reading {
        var reader = ByteReader(bytes)
        guard let size = reader.big(4) else { return .incomplete }
        guard (6...UInt64(Int32.max)).contains(size) else { return .invalid }
        guard let number = reader.big(4) else { return .incomplete }
        guard number == UInt64(correlation) else { return .invalid }
        guard size < ProbeLimits.bytes - 4096 else { return .tooLong }
        guard let body = reader.take(Int(size) - 4) else { return .incomplete }
        return .response(body, length: Int(size) + 4)
    }

    /// The versions of each request that the broker takes; nil when it is no such response.
    static func apiVersions(_ body: ArraySlice<UInt8>) -> [Int16: ClosedRange<Int16>]? {
        var reader = ByteReader(body)
        guard reader.big(2) == 0, let count = reader.big(4), count <= 512 else { return nil }
        var ranges: [Int16: ClosedRange<Int16>] = [:]
        for _ in 0..<count {
            guard let key = reader.int16(), let lowest = reader.int16(), let highest = reader.int16(), lowest >= 0, lowest <= highest else {
                return nil
            }
            ranges[key] = lowest...highest
        }
        return reader.isAtEnd && ranges[Key.metadata] != nil && ranges[Key.apiVersions] != nil ? ranges : nil
    }

    struct Metadata {
        let brokers: Int
        let topics: Int
        /// A bit for each operation on the cluster that this client may do; nil before version 8.
        let operations: UInt32?
    }

    /// Of version 1 to 8.
    static func metadata(_ body: ArraySlice<UInt8>, version: Int16) -> Metadata? {
        var reader = ByteReader(body)
        if version >= 3, reader.take(4) == nil { return nil }
        guard let brokers = reader.array({ $0.take(4) != nil && $0.string() && $0.take(4) != nil && $0.string() }) else { return nil }
        if version >= 2, !reader.string() { return nil }
        guard reader.take(4) != nil, let topics = reader.array({ $0.topic(version) }) else { return nil }
        var operations: UInt32?
        if version >= 8 {
            guard let bits = reader.big(4) else { return nil }
            operations = UInt32(truncatingIfNeeded: bits)
        }
        return reader.isAtEnd ? Metadata(brokers: brokers, topics: topics, operations: operations) : nil
    }

    /// The mechanisms that a listener with SASL has; nil when it says anything else, as one without does (ILLEGAL_SASL_STATE).
    static func mechanisms(_ body: ArraySlice<UInt8>) -> [String]? {
        var reader = ByteReader(body)
        guard let error = reader.int16(), error == 0 || error == ErrorCode.unsupportedMechanism, let count = reader.big(4), (1...32).contains(count)
        else { return nil }
        var names: [String] = []
        for _ in 0..<count {
            guard let name = reader.counted(2) else { return nil }
            names.append(String(decoding: name, as: UTF8.self))
        }
        return names
    }
}

extension ByteReader {
    fileprivate mutating func int16() -> Int16? { big(2).map { Int16(truncatingIfNeeded: $0) } }

    /// Passes over a string, which may be null (-1).
    fileprivate mutating func string() -> Bool {
        guard let length = int16() else { return false }
        return length == -1 || take(Int(length)) != nil
    }

    /// Passes over an array; nil when it is null or broken.
    fileprivate mutating func array(_ element: (inout ByteReader) -> Bool) -> Int? {
        guard let count = big(4), count <= UInt64(remaining) else { return nil }
        for _ in 0..<count where !element(&self) { return nil }
        return Int(count)
    }

    fileprivate mutating func topic(_ version: Int16) -> Bool {
        guard take(2) != nil, string(), take(1) != nil, array({ $0.partition(version) }) != nil else { return false }
        return version < 8 || take(4) != nil
    }

    private mutating func partition(_ version: Int16) -> Bool {
        // Error, number, leader, and the leader's epoch since version 7; then replicas, in-sync ones, and offline ones since version 5.
        guard take(version >= 7 ? 14 : 10) != nil else { return false }
        for _ in 0..<(version >= 5 ? 3 : 2) where array({ $0.take(4) != nil }) == nil { return false }
        return true
    }
}
