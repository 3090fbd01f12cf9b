/// What is left of the cleartext. Never holds a value. The contract of `--json`: `suwen.seal-remanence/1`.
package struct RemanenceReport: Sendable, Hashable, Codable {
    package var schema = "suwen.seal-remanence/1"
    package var columns: [Column]
    /// Those in which something was found, by path.
    package var files: [File] = []
    /// Regular files that were looked through, to their end or in part.
    package var filesScanned = 0
    /// Bytes looked at; those of compressed files decompressed.
    package var bytes = 0
    package var seconds = 0.0
    /// What was not looked through, or not to its end.
    package var gaps: [Gap] = []
    /// What makes the answer less certain.
    package var remarks: [String] = []

    package struct Column: Sendable, Hashable, Codable {
        package var name: String
        /// Cells that were given.
        package var values: Int
        /// Of them, those too short to be evidence: they were not looked for.
        package var tooShort: Int
        /// Distinct values that were looked for.
        package var needles: Int
        /// Of them, those found.
        package var found = 0
        package var occurrences = 0
    }

    package struct File: Sendable, Hashable, Codable {
        /// Relative to the folder; the name, for a single file.
        package var path: String
        package var kind: RemanenceFileKind
        package var occurrences: Int
        /// Distinct values that occur.
        package var needles: Int
        /// Occurrences by column; columns without any aren't there.
        package var columns: [String: Int]
        /// Where the first ones begin, in bytes from the file's beginning; in a compressed file, from that of what it holds.
        package var firstOffsets: [Int]
        package var isCompressed: Bool
    }

    package struct Gap: Sendable, Hashable, Codable {
        package var path: String
        package var reason: String
    }

    /// Whether everything was looked through and nothing was found. Values too short, and those that weren't chosen, were not looked for.
    package var isClean: Bool { files.isEmpty && gaps.isEmpty }
    package var occurrences: Int { files.reduce(0) { $0 + $1.occurrences } }

    /// Occurrences by the kind of file.
    package var occurrencesByKind: [RemanenceFileKind: Int] {
        Dictionary(files.map { ($0.kind, $0.occurrences) }, uniquingKeysWith: +)
    }

    /// What a scan can't find, for whoever reads that nothing was found.
    package static let limits = [
        "Looked for are whole values (of long ones the first \(RemanenceNeedles.longest) bytes), in the bytes in which they were read: pieces, other spellings and "
            + "other character sets aren't found.",
        "Compressed inside a file and so not found: PostgreSQL's values of about 2 kB and more (pglz, LZ4 in TOAST) and full-page images under "
            + "wal_compression; InnoDB's page compression and ROW_FORMAT=COMPRESSED, and compressed binlogs; dumps in pg_dump's custom format.",
        "Encrypted inside a file and so not found: InnoDB's tablespaces and logs at rest, encrypted disks' images.",
        "Not looked at: unused blocks of the file system and of the disk, which keep what deleted files held; snapshots, replicas, and backups elsewhere; "
            + "memory and swap.",
        "A value that is found may belong there: in a column that isn't sealed, in another table, or because other people share it.",
    ]
}

/// How far a scan is.
package struct RemanenceProgress: Sendable, Hashable {
    /// Bytes on the disk, of the files' sizes together.
    package var bytes: Int
    package var totalBytes: Int
    package var occurrences: Int
}
