/// What a rule wants to look at (specification, "LogSource"). In lower case; nil where the rule leaves it open.
package struct SigmaLogSource: Hashable, Sendable, CustomStringConvertible {
    package var category: String?
    package var product: String?
    package var service: String?

    package init(category: String? = nil, product: String? = nil, service: String? = nil) {
        self.category = category
        self.product = product
        self.service = service
    }

    package var description: String {
        [("category", category), ("product", product), ("service", service)].compactMap { name, value in value.map { "\(name)=\($0)" } }
            .joined(separator: " ")
    }
}

/// What a source of events answers to.
package struct SigmaTarget: Hashable, Sendable {
    package var categories: Set<String>
    package var products: Set<String>
    package var services: Set<String>

    package init(categories: Set<String> = [], products: Set<String> = [], services: Set<String> = []) {
        self.categories = categories
        self.products = products
        self.services = services
    }

    /// Whether a rule may run here: everything that it names must be among what this source is. A rule that names nothing fits nowhere.
    package func fits(_ source: SigmaLogSource) -> Bool {
        guard source.category != nil || source.product != nil || source.service != nil else { return false }
        return source.category.map(categories.contains) ?? true && source.product.map(products.contains) ?? true
            && source.service.map(services.contains) ?? true
    }
}
