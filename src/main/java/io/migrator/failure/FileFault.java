package io.migrator.failure;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be read or written, in words for people: Java names it by a class and a path. */
public final class FileFault {
    private FileFault() {}

    /** A cause for {@link MigratorException#unable}, without the path. */
    public static String told(IOException fault) {
        if (fault instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (fault instanceof AccessDeniedException) {
            return "user '%s' may not do that there".formatted(System.getProperty("user.name"));
        }
        if (fault instanceof FileAlreadyExistsException || fault instanceof NotDirectoryException) {
            return "a file is where a folder must be";
        }
        if (fault instanceof CharacterCodingException) {
            return "its bytes are not UTF-8";
        }
        String reason = fault instanceof FileSystemException told ? told.getReason() : fault.getMessage();
        return reason == null || reason.isBlank() ? fault.toString() : reason;
    }
}
