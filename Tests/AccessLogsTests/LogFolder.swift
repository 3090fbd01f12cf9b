import CZlib
import Estate
import Foundation
import Logging
import Network

/// Log files in a folder of their own, removed at the end.
final class LogFolder {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("logs-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    func write(_ name: String, _ lines: [String]) throws { try write(name, Data((lines.joined(separator: "\n") + "\n").utf8)) }
    func write(_ name: String, _ data: Data) throws { try data.write(to: folder.appendingPathComponent(name)) }

    func estate(_ source: LogSource, regions: RegionPolicy = RegionPolicy()) -> Estate {
        Estate(
            file: folder.appendingPathComponent("estate.yaml"), organisation: Organisation(name: "示例"), logs: [source], regions: regions,
            history: folder.appendingPathComponent("history"))
    }

    func source(_ paths: [String] = ["access.log*"], since: Date? = nil, trusted: [CIDR] = []) -> LogSource {
        LogSource(name: "门户", paths: paths.map(path), systemSince: since, trustedProxies: trusted)
    }
}

/// 2026-06-30 12:00 in China.
let now = Date(timeIntervalSince1970: 1_782_792_000)

/// A combined line, so many hours before ``now``.
func line(
    hoursAgo: Double, from address: String = "36.112.0.9", _ target: String = "/index.html", status: Int = 200, bytes: Int = 512,
    agent: String = "Mozilla/5.0", extra: String = ""
) -> String {
    "\(address) - - [\(stamp(now.addingTimeInterval(-hoursAgo * 3_600)))] \"GET \(target) HTTP/1.1\" \(status) \(bytes) \"-\" \"\(agent)\"\(extra)"
}

/// In Chinese time; plain arithmetic, for a formatter would take longer than all that is tested.
func stamp(_ date: Date) -> String {
    var seconds = time_t(date.timeIntervalSince1970) + 8 * 3_600
    var parts = tm()
    gmtime_r(&seconds, &parts)
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let day = "\(two(parts.tm_mday))/\(months[Int(parts.tm_mon)])/\(parts.tm_year + 1_900)"
    return "\(day):\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) +0800"
}

/// One line an hour for so many days, up to now.
func ordinary(days: Int) -> [String] { (0...(days * 24)).reversed().map { line(hoursAgo: Double($0)) } }

func gzip(_ data: Data) -> Data {
    var stream = z_stream()
    guard deflateInit2_(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
        return Data()
    }
    defer { deflateEnd(&stream) }
    var input = [UInt8](data)
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(input.count))) + 64)
    let count = input.withUnsafeMutableBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(source.count)
            stream.next_out = target.baseAddress
            stream.avail_out = UInt32(target.count)
            _ = deflate(&stream, Z_FINISH)
            return target.count - Int(stream.avail_out)
        }
    }
    return Data(output.prefix(count))
}
