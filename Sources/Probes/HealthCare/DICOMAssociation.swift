/// What is proposed to a DICOM server: the presentation contexts (PS3.8 9.3.2.2) of one association. Nothing but C-ECHO is ever sent over them.
enum DICOMAssociation {
    /// What an abstract syntax is for.
    enum Kind: Int, CaseIterable, Sendable {
        case verification, query, retrieval, worklist, storage

        /// A term of the wording.
        var term: String {
            switch self {
            case .verification: "exposure.dicom-verification"
            case .query: "exposure.dicom-query"
            case .retrieval: "exposure.dicom-retrieval"
            case .worklist: "exposure.dicom-worklist"
            case .storage: "exposure.dicom-storage"
            }
        }
    }

    /// In the order of their ids, which are the odd numbers from 1. UIDs: PS3.6 table A-1.
    static let proposed: [(abstractSyntax: String, kind: Kind)] =
        [("1.2.840.10008.1.1", .verification), ("1.2.840.10008.5.1.4.31", .worklist)]
        // Patient root, study root, and the retired patient/study only.
        + (1...3).flatMap { root -> [(String, Kind)] in
            let model = "1.2.840.10008.5.1.4.1.2.\(root)."
            return [(model + "1", .query), (model + "2", .retrieval), (model + "3", .retrieval)]
        }
        + storage.map { ("1.2.840.10008.5.1.4.1.1." + $0, .storage) }

    /// CR, DX, CT, enhanced CT, MR, enhanced MR, ultrasound (multi-frame, single), secondary capture, presentation state, XA, RF, NM, basic text SR,
    /// encapsulated PDF, PET, RT image.
    private static let storage = [
        "1", "1.1", "2", "2.1", "4", "4.1", "3.1", "6.1", "7", "11.1", "12.1", "12.2", "20", "88.11", "104.1", "128", "481.1",
    ]

    /// The id of the context that verifies.
    static let verification: UInt8 = 1

    static let applicationContext = "1.2.840.10008.3.1.1.1"
    /// Implicit VR little endian, which everybody must know (PS3.5 10.1), and explicit VR little endian.
    static let transferSyntaxes = ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1"]

    /// Of this program: a UUID of its own under 2.25 (PS3.5 B.2).
    static let implementationClass = "2.25.160623713747876014643738294346555874148"
    static let implementationVersion = "SUWEN"
    /// The longest P-DATA-TF that is taken.
    static let longestData = 16_384

    /// Nil for an id that was not proposed.
    static func kind(of id: UInt8) -> Kind? {
        let index = Int(id) / 2
        return id % 2 == 1 && index < proposed.count ? proposed[index].kind : nil
    }

    /// An A-ASSOCIATE-RQ.
    /// - Parameters:
    ///   - called: the AE title that is asked for; at most 16 characters.
    ///   - calling: our own.
    static func request(called: String, calling: String) -> [UInt8] {
        DICOMWire.unit(0x01, [0, 1, 0, 0] + title(called) + title(calling) + [UInt8](repeating: 0, count: 32) + items)
    }

    /// A title that no administrator has entered anywhere: 14 letters.
    static func randomTitle(_ start: String) -> String {
        start + (start.utf8.count..<14).map { _ in String(Unicode.Scalar(UInt8.random(in: 0x41...0x5A))) }.joined()
    }

    /// What is the same in every request.
    private static let items: [UInt8] = {
        var items = DICOMWire.item(0x10, Array(applicationContext.utf8))
        for (index, context) in proposed.enumerated() {
            var content: [UInt8] = [UInt8(truncatingIfNeeded: index * 2 + 1), 0, 0, 0]
            content += DICOMWire.item(0x30, Array(context.abstractSyntax.utf8))
            for syntax in transferSyntaxes { content += DICOMWire.item(0x40, Array(syntax.utf8)) }
            items += DICOMWire.item(0x20, content)
        }
        var length: [UInt8] = []
        length.appendBig(UInt32(longestData))
        let user =
            DICOMWire.item(0x51, length) + DICOMWire.item(0x52, Array(implementationClass.utf8))
            + DICOMWire.item(0x55, Array(implementationVersion.utf8))
        return items + DICOMWire.item(0x50, user)
    }()

    /// 16 bytes, padded with spaces (PS3.8 table 9-11).
    private static func title(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8.prefix(16))
        return bytes + [UInt8](repeating: 0x20, count: 16 - bytes.count)
    }
}
