package io.migrator.config;

import java.util.regex.Pattern;

/** What must not be shown of values that are no secrets by their key: keys and passwords that were put there all the same. */
final class Concealed {
    /** JSON, also in Base64, of a service account; PEM; a connection string of Azure's. */
    private static final Pattern KEY_MATERIAL =
            Pattern.compile("^[\\s\\ufeff]*(\\{|(eyJ|ewo)[A-Za-z0-9+/=_-]{24,})|-----BEGIN"
                    + "|(?i)\\b(AccountKey|SharedAccessKey|SharedAccessSignature)=");

    private static final Pattern USER = Pattern.compile("[^/@\\s]+@");

    private Concealed() {}

    /** Whether the value is, or holds, a key, whatever was asked for. */
    static boolean isKey(String value) {
        return KEY_MATERIAL.matcher(value).find();
    }

    /** An address without the user and password that nobody wants in it. */
    static String withoutUser(String address) {
        return USER.matcher(address).replaceAll("****@");
    }
}
