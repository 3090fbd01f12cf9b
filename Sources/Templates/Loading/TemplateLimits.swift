/// Bounds on what a template may ask for.
package enum TemplateLimits {
    /// A template's file, in bytes. The largest public one has 1.1 MB.
    package static let fileBytes = 2 << 20
    /// Requests of one template: more is guessing, not checking.
    package static let requests = 2_048
    /// Body bytes read where the template sets no `max-size`, and at most.
    package static let bodyBytes = 2 << 20
    package static let maximumBodyBytes = 4 << 20
    /// Redirects followed at most.
    package static let redirects = 10
    /// Seconds that `@timeout` may ask for at most.
    package static let timeoutSeconds = 60
    /// Bytes read from a TCP service where the template sets no `read-size`, and at most.
    package static let readBytes = 1_024
    package static let maximumReadBytes = 1 << 20
    /// Request blocks, and inputs of a TCP block.
    package static let blocks = 64
    package static let inputs = 64
}
