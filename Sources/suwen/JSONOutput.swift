import Foundation

/// One JSON document on standard output, keys sorted.
func printJSON(_ object: [String: Any]) throws {
    let data = try JSONSerialization.data(withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    try StandardOutput.write(data + Data("\n".utf8))
}
