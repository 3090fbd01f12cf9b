import Foundation

/// One key that names the type, and the value: `{"count": 5}`, `{"term": "kind.idCard"}`; ``Fact/none`` is `null`.
extension Fact: Codable {
    private enum Key: String, CodingKey {
        case text, count, share, bytes, day, time, days, term, message, list
    }

    package func encode(to encoder: any Encoder) throws {
        if case .none = self {
            var container = encoder.singleValueContainer()
            return try container.encodeNil()
        }
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .text(let value): try container.encode(value, forKey: .text)
        case .count(let value): try container.encode(value, forKey: .count)
        case .share(let value): try container.encode(value, forKey: .share)
        case .bytes(let value): try container.encode(value, forKey: .bytes)
        case .day(let value): try container.encode(value, forKey: .day)
        case .time(let value): try container.encode(value, forKey: .time)
        case .days(let value): try container.encode(value, forKey: .days)
        case .term(let value): try container.encode(value, forKey: .term)
        case .message(let value): try container.encode(value, forKey: .message)
        case .list(let value): try container.encode(value, forKey: .list)
        case .none: break
        }
    }

    package init(from decoder: any Decoder) throws {
        if try decoder.singleValueContainer().decodeNil() {
            self = .none
            return
        }
        let container = try decoder.container(keyedBy: Key.self)
        switch container.allKeys.first {
        case .text: self = .text(try container.decode(String.self, forKey: .text))
        case .count: self = .count(try container.decode(Int.self, forKey: .count))
        case .share: self = .share(try container.decode(Double.self, forKey: .share))
        case .bytes: self = .bytes(try container.decode(Int.self, forKey: .bytes))
        case .day: self = .day(try container.decode(Date.self, forKey: .day))
        case .time: self = .time(try container.decode(Date.self, forKey: .time))
        case .days: self = .days(try container.decode(Int.self, forKey: .days))
        case .term: self = .term(try container.decode(String.self, forKey: .term))
        case .message: self = .message(try container.decode(Message.self, forKey: .message))
        case .list: self = .list(try container.decode([Fact].self, forKey: .list))
        case nil: throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "a fact names its type"))
        }
    }
}
