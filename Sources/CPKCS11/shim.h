// CPKCS11: the types of PKCS #11 from p11-kit's header (Debian: libp11-kit-dev). Nothing is linked: a token's module is loaded by its path.
#include <p11-kit-1/p11-kit/pkcs11.h>
