/// Who made a DICOM server, by what it says of itself in an association (PS3.7 D.3.3.2): its implementation class UID and version name.
struct DICOMImplementation: Hashable, Sendable {
    /// From the table below, never the peer's own words.
    var product: String?
    var version: String?

    init(classUID: String?, versionName: [UInt8]) {
        let name = String(decoding: versionName, as: UTF8.self)
        let byName = Self.names.first { name.hasPrefix($0.start) }
        let byClass = classUID.flatMap { uid in Self.roots.first { uid == $0.root || uid.hasPrefix($0.root + ".") } }
        // The name tells the product, the class sometimes only the toolkit that it was built with.
        product = byName?.product ?? byClass?.product
        let rest = versionName.dropFirst(byName?.start.utf8.count ?? 0)
        version = Self.dotted(rest) ?? PeerText.version(rest)
    }

    /// `367` is how DCMTK and pynetdicom write 3.6.7.
    private static func dotted(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.count == 3, bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return bytes.map { String($0 - 0x30) }.joined(separator: ".")
    }

    /// How version names begin, as the products' conformance statements and documents print them.
    private static let names: [(start: String, product: String)] = [
        ("OFFIS_DCMTK_", "DCMTK"), ("ORTHANC_", "Orthanc"), ("dcm4che-", "dcm4che"), ("PYNETDICOM_", "pynetdicom"), ("fo-dicom ", "fo-dicom"),
        ("MergeCOM3_", "Merge DICOM Toolkit"), ("DICOM-rs ", "DICOM-rs"), ("GDCM ", "GDCM"),
    ]

    /// Roots of implementation class UIDs, from conformance statements; a maker's root where only that is known.
    private static let roots: [(root: String, product: String)] = [
        ("1.2.276.0.7230010.3.0.3", "DCMTK"),
        ("1.2.826.0.1.3680043.8.641", "Orthanc"),
        ("1.2.40.0.13.1", "dcm4che"),
        ("1.2.826.0.1.3680043.9.3811", "pynetdicom"),
        ("1.2.826.0.1.3680043.2.135.1066", "Conquest"),
        ("1.3.6.1.4.1.30071.8", "fo-dicom"),
        ("1.3.6.1.4.1.25403", "ClearCanvas"),
        ("1.2.826.0.1.3680043.2.1143", "GDCM"),
        ("2.16.840.1.113669", "Merge DICOM Toolkit"),
        ("1.2.840.114257", "LEADTOOLS"),
        ("1.2.840.113619", "GE HealthCare"),
        ("1.3.12.2.1107", "Siemens Healthineers"),
        ("1.3.46.670589", "Philips"),
        ("1.2.840.113564", "Carestream"),
        ("1.2.392.200036.9125", "Fujifilm"),
        ("1.2.392.200036.9116", "Canon Medical"),
        ("1.2.752.24", "Sectra"),
        ("1.2.156.112605", "联影 United Imaging"),
    ]
}
