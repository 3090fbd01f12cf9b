/// Formats that are no text, which files are mistaken for.
enum ForeignFormat: CaseIterable {
    case zip, pdf, officeBinary, sqlite, xz, bzip2, sevenZip, rar, parquet

    /// By the first 16 bytes of a file.
    static func of(_ bytes: some Sequence<UInt8>) -> ForeignFormat? { allCases.first { bytes.starts(with: $0.mark) } }

    private var mark: [UInt8] {
        switch self {
        case .zip: [0x50, 0x4B, 0x03, 0x04]
        case .pdf: Array("%PDF-".utf8)
        case .officeBinary: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
        case .sqlite: Array("SQLite format 3\0".utf8)
        case .xz: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]
        // At the usual level, with the mark of the first block.
        case .bzip2: Array("BZh9".utf8) + [0x31, 0x41, 0x59, 0x26]
        case .sevenZip: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]
        case .rar: Array("Rar!".utf8) + [0x1A, 0x07]
        // The first page's header, in Thrift's compact protocol.
        case .parquet: Array("PAR1".utf8) + [0x15]
        }
    }

    var advice: String {
        switch self {
        case .zip: "is a ZIP archive or an Excel workbook; unpack it, or save its sheets as CSV"
        case .pdf: "is a PDF document, no table"
        case .officeBinary: "is an Excel or Word document of the old kind; save its sheets as CSV"
        case .sqlite: "is an SQLite database; open it with sqlite:PATH"
        case .xz, .bzip2, .sevenZip, .rar: "is compressed in a way that isn't read; unpack it, or use .gz or .zst"
        case .parquet: "is a Parquet file; export it as CSV or JSON Lines"
        }
    }
}
