import Glibc

/// What is in a gzip or Zstandard file, for callers that look at bytes and not at records.
package final class DecompressedFile {
    package struct Failure: Error, Sendable {
        package let reason: String
    }

    private let input: any ByteInput

    /// Nil when the file is neither, by its first bytes; its name doesn't matter. Follows no symbolic link.
    package init?(path: String) throws(Failure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else { throw Failure(reason: String(cString: strerror(errno))) }
        var beginning: [UInt8] = [0, 0, 0, 0]
        let count = beginning.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        let isGzip = count >= 3 && beginning.starts(with: [0x1F, 0x8B, 0x08])
        guard isGzip || count == 4 && beginning == [0x28, 0xB5, 0x2F, 0xFD] else {
            close(descriptor)
            return nil
        }
        do throws(FileSource.Failure) {
            input = if isGzip { try GzipInput(descriptor: descriptor) } else { try ZstandardInput(descriptor: descriptor) }
        } catch {
            throw Failure(reason: "not enough memory to decompress it")
        }
    }

    /// Fills `buffer` as far as one read does; 0 at the end.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
        do throws(FileSource.Failure) {
            return try input.read(into: buffer)
        } catch {
            switch error {
            case .system(let code): throw Failure(reason: String(cString: strerror(code)))
            case .tooMuchMemory: throw Failure(reason: "it wants more memory than is lent for decompressing")
            default: throw Failure(reason: "its compressed data are cut off or damaged")
            }
        }
    }
}
