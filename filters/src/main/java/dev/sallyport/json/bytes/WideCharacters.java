package dev.sallyport.json.bytes;

/** Characters of several bytes in UTF-8 (RFC 3629, 4): none overlong, no surrogate, none beyond Unicode. */
final class WideCharacters {
    private WideCharacters() {}

    /** Where the one that begins here ends. */
    static int end(byte[] body, int index) {
        int lead = body[index] & 0xFF;
        int second = index + 1 < body.length ? body[index + 1] & 0xFF : 0;
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        boolean sound = lead >= 0xC2 && lead <= 0xF4 && second >= least && second <= most;
        for (int left = 2; left < length; left++) {
            sound &= index + left < body.length && (body[index + left] & 0xC0) == 0x80;
        }
        if (!sound) {
            throw new InDoubt();
        }
        return index + length;
    }
}
