/// What one value looks like by itself, without its column. Many words look like a name: only a column proves one.
package struct ValueProbe: Hashable, Sendable {
    /// None for a protected or blank value.
    package let kinds: Set<DataKind>
    /// Masked, hashed or encrypted by its form; digests and ciphertexts of one block look alike and count as hashed.
    package let protection: Protection
    /// Names an illness of level 5 of GB/T 39725-2020.
    package let isSpecial: Bool

    package init(_ value: some StringProtocol) {
        self.init(bytes: Array(value.utf8))
    }

    /// - Parameter bytes: anything; what isn't UTF-8 is of no kind.
    package init(bytes: [UInt8]) {
        let reading = bytes.withUnsafeBufferPointer { ValueReading($0) }
        kinds = Set(reading.kinds.kinds)
        isSpecial = reading.isSpecial
        protection =
            switch reading.form {
            case _ where reading.isBlank: .empty
            case .plaintext, .uuid: .plaintext
            case .masked: .masked
            case .hashed, .digestLike: .hashed
            case .encrypted, .random: .encrypted
            case .sealed: .sealed
            }
    }
}

extension ValueProbe {
    /// See ``ValueReading/confirms(_:_:)``.
    package static func confirms(_ kind: DataKind, _ value: UnsafeBufferPointer<UInt8>) -> Bool { ValueReading.confirms(kind, value) }

    /// ``ValueReading/confirms(_:_:)`` for a text.
    package static func confirms(_ kind: DataKind, _ value: String) -> Bool {
        var value = value
        return value.withUTF8 { ValueReading.confirms(kind, $0) }
    }
}
