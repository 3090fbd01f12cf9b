/// Formats of this folder, the special before the general.
package enum DatabaseFormats {
    package static let all: [LogFormat] = []
}
