/// Reads what an OpenAPI document (OpenAPI Specification 3.0.4 and 3.1.1) or Swagger 2.0 document says of GET operations.
package struct OpenAPIReader {
    private let root: DocumentNode
    private let isSwagger: Bool

    /// Nil when the tree is neither.
    package init?(_ root: DocumentNode) {
        guard root["paths"].map({ if case .mapping = $0 { true } else { false } }) == true else { return nil }
        if root["openapi"]?.text?.hasPrefix("3.") == true {
            isSwagger = false
        } else if root["swagger"]?.text?.hasPrefix("2") == true {
            isSwagger = true
        } else {
            return nil
        }
        self.root = root
    }

    package func document() -> OpenAPIDocument {
        var document = OpenAPIDocument(servers: isSwagger ? swaggerServers() : servers(root["servers"]), operations: [], skipped: [:])
        let paths = root["paths"]?.members ?? []
        for (path, item) in paths.prefix(OpenAPIDocument.mostPaths) where !path.hasPrefix("x-") {
            guard path.hasPrefix("/"), let item = item.resolved(in: root) else {
                document.skipped[.excess, default: 0] += 1
                continue
            }
            let others = item.members.filter { ["put", "post", "delete", "patch", "options", "head", "trace"].contains($0.key) }.count
            if others > 0 { document.skipped[.method, default: 0] += others }
            guard let operation = item["get"]?.resolved(in: root) else { continue }
            switch read(operation, at: path, of: item) {
            case .success(let operation): document.operations.append(operation)
            case .failure(let why): document.skipped[why.skip, default: 0] += 1
            }
        }
        let beyond = paths.count - OpenAPIDocument.mostPaths
        if beyond > 0 { document.skipped[.excess, default: 0] += beyond }
        return document
    }

    private struct Refusal: Error { var skip: OpenAPIDocument.Skip }

    private func read(_ operation: DocumentNode, at path: String, of item: DocumentNode) -> Result<OpenAPIDocument.Operation, Refusal> {
        if SideEffects.are(in: path) || SideEffects.are(in: operation["operationId"]?.text ?? "") { return .failure(Refusal(skip: .sideEffect)) }
        if givesFiles(operation) { return .failure(Refusal(skip: .file)) }
        guard let parameters = parameters(of: operation, item), let target = RequestTarget.make(path, parameters) else {
            return .failure(Refusal(skip: .parameter))
        }
        let own = isSwagger ? [] : servers(operation["servers"] ?? item["servers"])
        return .success(OpenAPIDocument.Operation(path: path, target: target, servers: own))
    }

    /// Those of the operation and, unless it has one of the same name and place, of the path. Nil when there are too many.
    private func parameters(of operation: DocumentNode, _ item: DocumentNode) -> [OpenAPIParameter]? {
        let nodes = (operation["parameters"]?.elements ?? []) + (item["parameters"]?.elements ?? [])
        guard nodes.count <= OpenAPIDocument.mostParameters else { return nil }
        var parameters: [OpenAPIParameter] = []
        for node in nodes {
            guard let parameter = node.resolved(in: root).flatMap({ OpenAPIParameter($0, root: root) }),
                !parameters.contains(where: { $0.name == parameter.name && $0.place == parameter.place })
            else { continue }
            parameters.append(parameter)
        }
        return parameters
    }

    // MARK: Servers

    private func servers(_ node: DocumentNode?) -> [String] {
        (node?.elements ?? []).prefix(16).compactMap { server in
            guard var url = server["url"]?.text else { return nil }
            for (name, variable) in (server["variables"]?.members ?? []).prefix(16) {
                url = url.replacing("{\(name)}", with: variable["default"]?.text ?? "")
            }
            return url.contains("{") || url.utf8.count > 2_048 ? nil : url
        }
    }

    private func swaggerServers() -> [String] {
        let path = root["basePath"]?.text ?? "/"
        guard let host = root["host"]?.text, !host.isEmpty else { return path == "/" ? [] : [path] }
        let schemes = (root["schemes"]?.elements ?? []).compactMap(\.text).filter { $0 == "https" || $0 == "http" }
        // TLS first; without a word on it, relative to the document's own scheme.
        guard !schemes.isEmpty else { return ["//\(host)\(path)"] }
        return schemes.sorted(by: >).map { "\($0)://\(host)\(path)" }
    }

    // MARK: Replies

    /// Whether all it can answer with success are files.
    private func givesFiles(_ operation: DocumentNode) -> Bool {
        let replies = (operation["responses"]?.members ?? []).prefix(32).filter { $0.key.hasPrefix("2") }.compactMap { $0.value.resolved(in: root) }
        let types: [String]
        if isSwagger {
            if replies.contains(where: { $0["schema"]?["type"]?.text == "file" }) { return true }
            types = (operation["produces"] ?? root["produces"])?.elements.compactMap(\.text) ?? []
        } else {
            types = replies.flatMap { $0["content"]?.members.map(\.key) ?? [] }
        }
        return !types.isEmpty && types.allSatisfy(Self.isFile)
    }

    private static func isFile(_ type: String) -> Bool {
        let type = type.lowercased()
        return [
            "image/", "audio/", "video/", "font/", "application/octet-stream", "application/zip", "application/pdf", "application/vnd.ms-",
            "text/event-stream",
        ]
        .contains { type.hasPrefix($0) } || type.contains("officedocument")
    }
}
