/// The cookies of one template's run against one target. Names and values only: the jar lives for a few requests to one host.
struct CookieJar {
    static let limit = 50
    private(set) var cookies: [(name: String, value: String)] = []

    mutating func store(_ headers: [TemplateHTTPRequest.Header]) {
        for header in headers where header.name.lowercased() == "set-cookie" {
            guard let (name, value) = CookieJar.pair(header.value), name.utf8.count + value.utf8.count <= 4_096 else { continue }
            if let index = cookies.firstIndex(where: { $0.name == name }) {
                cookies[index].value = value
            } else if cookies.count < CookieJar.limit {
                cookies.append((name, value))
            }
        }
    }

    var header: String? { cookies.isEmpty ? nil : cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; ") }

    /// Name and value of a Set-Cookie header.
    static func pair(_ text: String) -> (String, String)? {
        let parts = text.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let name = String(parts[0]).trimmingSpaces()
        let value = String(parts[1]).trimmingSpaces()
        // A line break in a value would write a header of the peer's choosing into the next request.
        guard !name.isEmpty, (name + value).utf8.allSatisfy({ $0 > 0x1F && $0 != 0x7F }) else { return nil }
        return (name, value)
    }
}
