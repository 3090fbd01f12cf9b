import Foundation
import Glibc

extension KnownWeaknesses {
    /// Reads a list: an OSV or CSV file, or a folder of them (`.json`, `.jsonl`, `.csv`; hidden files and links are passed over).
    ///
    /// - Throws: the first thing that can't be read, with file and line: half a list is none.
    package static func load(_ path: String) throws(WeaknessListError) -> KnownWeaknesses {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw WeaknessListError(path, "doesn't exist") }
        var index = WeaknessIndex()
        let files = isFolder.boolValue ? try files(under: path) : [path]
        if files.isEmpty { throw WeaknessListError(path, "holds no .json, .jsonl or .csv file") }
        for file in files { try read(file, into: &index) }
        if index.tally.records == 0 { throw WeaknessListError(path, "holds no record") }
        return KnownWeaknesses(index)
    }

    /// As ``load(_:)``, from bytes at hand; the name's ending says which form they have.
    package static func load(_ bytes: [UInt8], name: String) throws(WeaknessListError) -> KnownWeaknesses {
        var index = WeaknessIndex()
        try read(bytes, name, into: &index)
        return KnownWeaknesses(index)
    }

    private static let endings: Set<String> = ["json", "jsonl", "csv"]

    private static func files(under folder: String) throws(WeaknessListError) -> [String] {
        let keys: [URLResourceKey] = [.isRegularFileKey, .isSymbolicLinkKey]
        var problem: WeaknessListError?
        let walk = FileManager.default.enumerator(
            at: URL(fileURLWithPath: folder), includingPropertiesForKeys: keys, options: [.skipsHiddenFiles],
            errorHandler: { url, error in
                problem = WeaknessListError(url.path, "can't be listed (\(error.localizedDescription))")
                return false
            })
        guard let walk else { throw WeaknessListError(folder, "can't be listed") }
        var files: [String] = []
        for case let url as URL in walk where endings.contains(url.pathExtension.lowercased()) {
            guard let values = try? url.resourceValues(forKeys: Set(keys)), values.isRegularFile == true, values.isSymbolicLink != true else {
                continue
            }
            files.append(url.path)
            if files.count > WeaknessLimits.files { throw WeaknessListError(folder, "holds more than \(WeaknessLimits.files) files; join them") }
        }
        if let problem { throw problem }
        return files.sorted()
    }

    private static func read(_ file: String, into index: inout WeaknessIndex) throws(WeaknessListError) {
        guard let handle = FileHandle(forReadingAtPath: file) else {
            throw WeaknessListError(file, "can't be opened: \(String(cString: strerror(errno)))")
        }
        let data: Data?
        do {
            data = try handle.read(upToCount: WeaknessLimits.bytes + 1)
        } catch {
            throw WeaknessListError(file, "can't be read")
        }
        let bytes = [UInt8](data ?? Data())
        guard bytes.count <= WeaknessLimits.bytes else { throw WeaknessListError(file, "is larger than \(WeaknessLimits.bytes >> 20) MiB; split it") }
        try read(bytes, file, into: &index)
    }

    private static func read(_ bytes: [UInt8], _ file: String, into index: inout WeaknessIndex) throws(WeaknessListError) {
        let ending = file.split(separator: ".").last?.lowercased() ?? ""
        guard endings.contains(ending) else {
            throw WeaknessListError(file, "is neither .json, .jsonl nor .csv; unpack archives first")
        }
        index.tally.files += 1
        if ending == "csv" {
            try WeaknessTable.read(try text(bytes, file), file: file, into: &index)
        } else {
            try OSVReader.read(bytes, file: file, into: &index)
        }
    }

    /// A table that is no UTF-8 is taken for GB18030, as Chinese spreadsheets save it.
    private static func text(_ bytes: [UInt8], _ file: String) throws(WeaknessListError) -> [UInt8] {
        if String(validating: bytes, as: UTF8.self) != nil { return bytes }
        guard let converter = iconv_open("UTF-8", "GB18030"), converter != iconv_t(bitPattern: -1) else {
            throw WeaknessListError(file, "is no UTF-8; save it as UTF-8")
        }
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        // No character of GB18030 needs more than twice its bytes in UTF-8.
        var output = [CChar](repeating: 0, count: bytes.count * 2 + 4)
        let written = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target -> Int? in
                var from = source.baseAddress
                var left = source.count
                var to = target.baseAddress
                var room = target.count
                return iconv(converter, &from, &left, &to, &room) == -1 || left > 0 ? nil : target.count - room
            }
        }
        guard let written else { throw WeaknessListError(file, "is neither UTF-8 nor GB18030; save it as UTF-8") }
        return output.prefix(written).map { UInt8(bitPattern: $0) }
    }
}
