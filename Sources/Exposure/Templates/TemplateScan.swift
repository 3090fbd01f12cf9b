package import Network
package import Templates

/// Templates against one target, inside a scope.
package enum TemplateScan {
    package static func run(_ templates: [Template], at target: TemplateTarget, scope: Scope, timeout: Duration) async -> TemplateRunResult {
        let transport = ScopedTransport(connector: Connector(timeout: timeout), scope: scope, timeout: timeout)
        return await TemplateRunner(templates).run(target, transport)
    }
}
