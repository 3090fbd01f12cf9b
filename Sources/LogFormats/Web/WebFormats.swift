/// Formats of this folder, the special before the general.
package enum WebFormats {
    package static let all: [LogFormat] = []
}
