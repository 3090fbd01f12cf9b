import TestSupport

/// Elements of ASN.1's Basic Encoding Rules, written without the probes' own code.
enum Element {
    static func of(_ tag: UInt8, _ parts: [UInt8]...) -> [UInt8] {
        let content = Array(parts.joined())
        guard content.count >= 0x80 else { return [tag, UInt8(content.count)] + content }
        return [tag, 0x82] + Replies.big(UInt16(content.count)) + content
    }

    static func number(_ value: UInt8, tag: UInt8 = 2) -> [UInt8] { [tag, 1, value] }
    static func text(_ text: String, tag: UInt8 = 4) -> [UInt8] { of(tag, Array(text.utf8)) }
}

extension Replies {
    enum LDAP {
        static func message(_ id: UInt8, _ operation: [UInt8]) -> [UInt8] { Element.of(0x30, Element.number(id), operation) }

        static func result(_ id: UInt8, _ tag: UInt8, _ code: UInt8, _ diagnostic: String = "") -> [UInt8] {
            message(id, Element.of(tag, Element.number(code, tag: 0x0A), Element.text(""), Element.text(diagnostic)))
        }

        static func bind(_ code: UInt8 = 0, _ diagnostic: String = "", id: UInt8 = 1) -> [UInt8] { result(id, 0x61, code, diagnostic) }
        static func done(_ id: UInt8, _ code: UInt8 = 0, _ diagnostic: String = "") -> [UInt8] { result(id, 0x65, code, diagnostic) }

        static func entry(_ id: UInt8, _ name: String, _ attributes: [(String, [String])] = []) -> [UInt8] {
            var list: [UInt8] = []
            for (type, values) in attributes {
                list += Element.of(0x30, Element.text(type), Element.of(0x31, values.flatMap { Element.text($0) }))
            }
            return message(id, Element.of(0x64, Element.text(name), Element.of(0x30, list)))
        }

        static let context = "dc=clinic,dc=example"

        static func root(_ id: UInt8 = 2, _ contexts: [String] = [context]) -> [UInt8] {
            entry(id, "", [("namingContexts", contexts), ("objectClass", ["top", "OpenLDAProotDSE"])]) + done(id)
        }
    }

    enum SNMP {
        static let request: [UInt8] = [0x02, 4, 0x53, 0x77, 0x65, 0x6E]
        static let description: [UInt8] = [0x2B, 6, 1, 2, 1, 1, 1, 0]
        static let object: [UInt8] = [0x2B, 6, 1, 2, 1, 1, 2, 0]
        /// 1.3.6.1.4.1.8072.3.2.10
        static let netSNMP: [UInt8] = [0x2B, 6, 1, 4, 1, 0xBF, 0x08, 3, 2, 10]

        static func binding(_ name: [UInt8], _ value: [UInt8]) -> [UInt8] { Element.of(0x30, Element.of(6, name), value) }
        static let values = [binding(description, Element.text("Linux")), binding(object, Element.of(6, netSNMP))]
        static let hidden = [binding(description, [0x80, 0]), binding(object, [0x81, 0])]

        static func response(version: UInt8 = 1, community: String = "public", status: UInt8 = 0, _ bindings: [[UInt8]] = values) -> [UInt8] {
            let pdu = Element.of(0xA2, request, Element.number(status), Element.number(0), Element.of(0x30, Array(bindings.joined())))
            return Element.of(0x30, Element.number(version), Element.text(community), pdu)
        }

        static func report(engine: [UInt8] = [0x80, 0, 0x1F, 0x88, 4, 1, 2, 3]) -> [UInt8] {
            let header = Element.of(0x30, request, [2, 3, 0, 0xFF, 0xE3], Element.of(4, [0]), Element.number(3))
            let empty = Element.text("")
            let parameters = Element.of(0x30, Element.of(4, engine), Element.number(1), Element.number(9), empty, empty, empty)
            let security = Element.of(4, parameters)
            let binding = Element.of(0x30, Element.of(6, [0x2B, 6, 1, 6, 3, 15, 1, 1, 4, 0]), [0x41, 1, 5])
            let pdu = Element.of(0xA8, request, Element.number(0), Element.number(0), Element.of(0x30, binding))
            return Element.of(0x30, Element.number(3), header, security, Element.of(0x30, Element.of(4, engine), Element.text(""), pdu))
        }
    }
}
