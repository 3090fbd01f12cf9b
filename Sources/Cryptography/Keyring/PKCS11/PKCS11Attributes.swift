import CPKCS11

/// A template of attributes, in memory that stays where it is while a module reads it.
final class PKCS11Attributes {
    private var list: [CK_ATTRIBUTE] = []

    deinit {
        for attribute in list { attribute.pValue?.deallocate() }
    }

    func add(_ type: some BinaryInteger, number: UInt) { withUnsafeBytes(of: number) { add(type, $0) } }
    func add(_ type: some BinaryInteger, flag: Bool) { add(type, bytes: [flag ? 1 : 0]) }
    func add(_ type: some BinaryInteger, bytes: [UInt8]) { bytes.withUnsafeBytes { add(type, $0) } }

    private func add(_ type: some BinaryInteger, _ bytes: UnsafeRawBufferPointer) {
        let value = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: MemoryLayout<UInt>.alignment)
        value.copyBytes(from: bytes)
        var attribute = CK_ATTRIBUTE()
        attribute.type = CK_ATTRIBUTE_TYPE(type)
        attribute.pValue = value.baseAddress
        attribute.ulValueLen = UInt(bytes.count)
        list.append(attribute)
    }

    func withList(_ body: (UnsafeMutableBufferPointer<CK_ATTRIBUTE>) -> CK_RV) -> CK_RV {
        list.withUnsafeMutableBufferPointer { body($0) }
    }
}
