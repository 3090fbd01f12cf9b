/// One answer as matchers see it: named parts, prepared once for all templates that look at it.
protocol Answer: AnyObject {
    func value(_ name: String) -> ExpressionValue?
    func searchText(_ name: String) -> SearchText?
    /// The part that a matcher means by `name`; an empty name is the protocol's default part. Nil where there is none: nothing can match.
    func part(_ name: String) -> SearchText?
    var status: Int? { get }
}

/// An HTTP answer.
final class HTTPAnswer: Answer {
    let response: TemplateHTTPResponse
    let request: TemplateHTTPRequest
    private let headerValues: [String: String]
    private(set) lazy var body = SearchText(CharacterEncoding.utf8(response.body, headerValues["content_type"] ?? ""))
    private(set) lazy var header = SearchText(headerText)
    private(set) lazy var whole = SearchText(header.bytes + body.bytes)
    private(set) lazy var requestText = SearchText(writtenRequest)

    init(_ response: TemplateHTTPResponse, _ request: TemplateHTTPRequest) {
        self.response = response
        self.request = request
        var values: [String: String] = [:]
        for header in response.headers {
            let name = String(decoding: header.name.utf8.map { $0 == 0x2D ? 0x5F : Bytes.lowercase($0) }, as: UTF8.self)
            values[name] = values[name].map { $0 + " " + header.value } ?? header.value
        }
        // Cookies are parts too, by name in lower case.
        for header in response.headers where header.name.lowercased() == "set-cookie" {
            guard let (name, value) = CookieJar.pair(header.value) else { continue }
            let key = name.lowercased()
            if values[key] == nil { values[key] = value }
        }
        headerValues = values
    }

    var status: Int? { response.status }

    func searchText(_ name: String) -> SearchText? {
        switch name {
        case "body": body
        case "header", "headers", "all_headers": header
        case "all", "response", "raw": whole
        case "request": requestText
        default: nil
        }
    }

    func value(_ name: String) -> ExpressionValue? {
        if let text = searchText(name) { return .text(text.bytes) }
        switch name {
        case "status_code": return .integer(response.status)
        case "content_length": return .integer(headerValues[name].flatMap { Int($0) } ?? response.body.count)
        case "duration", "response_time": return .number(response.seconds)
        case "type": return .text("http")
        case "matched", "host": return .text(request.url)
        case "method": return .text(request.method)
        case "title": return .text(HTMLTitle.find(body.bytes) ?? [])
        default: return headerValues[name].map { .text($0) }
        }
    }

    func part(_ name: String) -> SearchText? {
        if name.isEmpty { return body }
        return searchText(name) ?? value(name).map { SearchText($0.bytes) }
    }

    /// The status line and the headers, names in the canonical case and sorted, as Go's net/http writes them: templates count on `Content-Type`
    /// whatever case the server uses.
    private var headerText: [UInt8] {
        var lines = ["\(response.version) \(response.status) \(response.reason)"]
        let named = response.headers.map { (HTTPAnswer.canonical($0.name), $0.value) }
        lines += named.enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map { "\($0.element.0): \($0.element.1)" }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    static func canonical(_ name: String) -> String {
        var begins = true
        return String(
            decoding: name.utf8.map { byte in
                defer { begins = byte == 0x2D }
                return begins ? Bytes.uppercase(byte) : Bytes.lowercase(byte)
            }, as: UTF8.self)
    }

    private var writtenRequest: [UInt8] {
        let lines = ["\(request.method) \(request.url) HTTP/1.1"] + request.headers.map { "\($0.name): \($0.value)" }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + request.body
    }
}

/// What a TCP service said.
final class TCPAnswer: Answer {
    private let named: [String: [UInt8]]
    private let data: SearchText
    private let whole: SearchText

    init(_ response: TemplateTCPResponse, names: [String?], address: String, written: [UInt8]) {
        var named: [String: [UInt8]] = [:]
        for (name, read) in zip(names, response.reads) {
            if let name { named[name] = read }
        }
        named["host"] = Array(address.utf8)
        named["matched"] = Array(address.utf8)
        named["type"] = Array("tcp".utf8)
        named["request"] = written
        self.named = named
        whole = SearchText(Array(response.reads.joined()) + response.data)
        // The last read is the data where nothing is read after it.
        data = SearchText(response.data.isEmpty ? response.reads.last ?? [] : response.data)
    }

    var status: Int? { nil }

    func searchText(_ name: String) -> SearchText? {
        switch name {
        case "data", "body": data
        case "all", "raw", "response": whole
        default: nil
        }
    }

    func value(_ name: String) -> ExpressionValue? { (searchText(name)?.bytes ?? named[name]).map { .text($0) } }

    func part(_ name: String) -> SearchText? {
        if name.isEmpty { return data }
        return searchText(name) ?? named[name].map(SearchText.init)
    }
}

/// What a TLS handshake told.
final class TLSAnswer: Answer {
    private let values: [String: ExpressionValue]
    private let document: SearchText

    init(_ info: TemplateTLSInfo, host: String, address: String) {
        var values: [String: ExpressionValue] = [:]
        func set(_ name: String, _ text: String?) { if let text { values[name] = .text(text) } }
        func set(_ name: String, _ value: Bool?) { if let value { values[name] = .boolean(value) } }
        func set(_ name: String, _ number: Double?) { if let number { values[name] = .number(number) } }
        func set(_ name: String, _ list: [String]) { if !list.isEmpty { values[name] = .list(list.map { .text($0) }) } }
        set("tls_version", info.version)
        set("cipher", info.cipher)
        set("subject_cn", info.subjectCommonName)
        set("subject_dn", info.subjectDistinguishedName)
        set("subject_org", info.subjectOrganisations)
        set("subject_an", info.subjectAlternativeNames)
        set("issuer_cn", info.issuerCommonName)
        set("issuer_dn", info.issuerDistinguishedName)
        set("issuer_org", info.issuerOrganisations)
        set("not_before", info.notBefore)
        set("not_after", info.notAfter)
        set("serial", info.serial)
        set("self_signed", info.isSelfSigned)
        set("expired", info.isExpired)
        set("mismatched", info.isMismatched)
        set("untrusted", info.isUntrusted)
        set("revoked", info.isRevoked)
        set("wildcard_certificate", info.isWildcard)
        values["probe_status"] = .boolean(true)
        var document = TLSAnswer.json(values)
        let digests = [("md5", info.md5), ("sha1", info.sha1), ("sha256", info.sha256)].compactMap { name, text in
            text.map { (key: Array(name.utf8), value: JSONText.string(Array($0.utf8))) }
        }
        document.append((Array("fingerprint_hash".utf8), .object(digests)))
        self.document = SearchText(JSONText.object(document).serialised)
        values["fingerprint_hash"] = .text(JSONText.object(digests).serialised)
        values["host"] = .text(host)
        values["matched"] = .text(address)
        values["type"] = .text("ssl")
        self.values = values
    }

    /// The document that extractors read, keys sorted. Times stand in it as RFC 3339, as the public tool writes them.
    private static func json(_ values: [String: ExpressionValue]) -> [(key: [UInt8], value: JSONText)] {
        values.sorted { $0.key < $1.key }.map { name, value in
            let text: JSONText
            switch value {
            case .boolean(let flag): text = .boolean(flag)
            case .number(let seconds): text = .string(Array((CalendarDate(unixTime: seconds)?.format("2006-01-02T15:04:05Z") ?? "").utf8))
            case .list(let list): text = .array(list.map { .string($0.bytes) })
            case .text(let bytes): text = .string(bytes)
            }
            return (Array(name.utf8), text)
        }
    }

    var status: Int? { nil }

    func searchText(_ name: String) -> SearchText? { ["response", "body", "all"].contains(name) ? document : nil }

    func value(_ name: String) -> ExpressionValue? { searchText(name).map { .text($0.bytes) } ?? values[name] }

    func part(_ name: String) -> SearchText? {
        if name.isEmpty { return document }
        return searchText(name) ?? values[name].map { SearchText($0.bytes) }
    }
}

enum HTMLTitle {
    /// What stands in the first `<title>`, without space around.
    static func find(_ body: [UInt8]) -> [UInt8]? {
        let head = body.prefix(262_144).map(Bytes.lowercase)
        guard let open = Bytes.find(Array("<title".utf8), in: head), let start = Bytes.find([0x3E], in: head, from: open),
            let end = Bytes.find(Array("</title".utf8), in: head, from: start)
        else { return nil }
        return Array(Bytes.trim(body[(start + 1)..<end]))
    }
}
