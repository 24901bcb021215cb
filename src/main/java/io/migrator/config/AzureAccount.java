package io.migrator.config;

import java.util.regex.Pattern;

/** The name of an Azure account: a part of its host's name, or of the path where the address is an emulator's. */
public final class AzureAccount {
    public static final String RULE = "must be the name of the account: letters, digits, '-' and '.'";
    /** Azure's own have 3 to 24 letters and digits; emulators and private endpoints take more. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]|\\.(?![.-])){0,61}(?<![.-])");

    private AzureAccount() {}

    public static boolean usable(String name) {
        return NAME.matcher(name).matches();
    }
}
