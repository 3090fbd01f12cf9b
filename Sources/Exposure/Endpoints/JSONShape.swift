import Probes

/// Finds the records in a JSON reply, whatever envelope it comes in, and tells a refusal that arrives with status 200.
enum JSONShape {
    /// Members that an envelope has beside its data.
    private static let envelope: Set<String> = [
        "code", "status", "statuscode", "success", "ok", "message", "msg", "error", "errors", "errcode", "errno", "errmsg", "errormsg", "result",
        "ret",
        "timestamp", "time", "path", "requestid", "request_id", "traceid", "trace_id", "version", "total", "count", "page", "pages", "pagesize",
        "size",
        "limit", "offset", "hasmore", "cost", "description", "reason", "uptime", "name", "service", "healthy", "state", "detail", "type", "title",
        "instance",
    ]
    private static let codes = ["code", "status", "statusCode", "errcode", "errCode", "errno", "ret", "error", "error_code", "errorCode"]
    private static let texts = ["message", "msg", "error", "errmsg", "errMsg", "errorMsg", "error_description", "detail", "reason", "description"]
    /// How interfaces say "log in first".
    private static let refusals = [
        "unauthorized", "unauthorised", "unauthenticated", "not authenticated", "authentication required", "not logged in", "please log in",
        "please login",
        "login required", "invalid token", "missing token", "token expired", "access denied", "forbidden", "permission denied", "credentials",
        "api key",
        "未登录", "请登录", "请先登录", "登录失效", "登录已过期", "未授权", "未认证", "无权限", "没有权限", "鉴权失败", "认证失败", "令牌", "token",
    ]

    static func read(_ json: JSON) -> BodyShape {
        switch json {
        case .array(let elements): return elements.isEmpty ? .empty : .records(count: elements.count, fields: FieldNames.of(elements))
        case .object(let members):
            if let list = list(in: json, depth: 0) { return .records(count: list.count, fields: FieldNames.of(list)) }
            if isRefusal(json) { return .refusal }
            if let record = record(members) { return .records(count: 1, fields: FieldNames.of([record])) }
            return .empty
        case .null, .bool, .number, .string: return .other
        }
    }

    /// The longest list of objects within three levels.
    private static func list(in json: JSON, depth: Int) -> [JSON]? {
        guard case .object(let members) = json, depth < 3 else { return nil }
        var longest: [JSON]?
        for (name, value) in members where !isComplaint(name) {
            let found: [JSON]?
            if case .array(let elements) = value {
                found = elements.contains { if case .object = $0 { true } else { false } } ? elements : nil
            } else {
                found = list(in: value, depth: depth + 1)
            }
            if let found, found.count > longest?.count ?? 0 { longest = found }
        }
        return longest
    }

    private static func isComplaint(_ name: String) -> Bool { name.lowercased().hasPrefix("error") }

    /// The object that holds something beside what an envelope holds, looked for inside the envelope first.
    private static func record(_ members: [(key: String, value: JSON)]) -> JSON? {
        for (name, value) in members where ["data", "result", "payload", "body", "content"].contains(name.lowercased()) {
            if case .object(let inner) = value { return record(inner) }
        }
        let own = members.filter { !envelope.contains($0.key.lowercased()) && !isEmpty($0.value) && !isComplaint($0.key) }
        return own.isEmpty ? nil : .object(members)
    }

    private static func isEmpty(_ json: JSON) -> Bool {
        switch json {
        case .null: true
        case .string(let text): text.isEmpty
        case .array(let elements): elements.isEmpty
        case .object(let members): members.allSatisfy { isEmpty($0.value) }
        case .bool, .number: false
        }
    }

    private static func isRefusal(_ json: JSON) -> Bool {
        for name in codes {
            guard let value = json[name] else { continue }
            let code = value.integer ?? value.text.flatMap { Int($0) }
            // 401, 403, and house codes made from them: 40100, 401001.
            if let code, let head = Int(String(code.magnitude).prefix(3)), head == 401 || head == 403, code.magnitude < 10_000_000 { return true }
        }
        let words = texts.compactMap { json[$0]?.text?.lowercased() }
        return words.contains { text in refusals.contains { text.contains($0) } }
    }
}
