/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.recordfile.client;

import io.activedataflow.flink.connector.recordfile.MaskedText;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;

/**
 * Decides, in this one place, which failures of a file system will pass and which will not, and
 * says what to do about them. Pure.
 */
@Internal
public final class FileErrors {

    private FileErrors() {}

    /** Whether the file is not there. */
    static boolean isNotFound(Exception failure) {
        return (failure instanceof FileNotFoundException && !isDenied(failure))
                || failure instanceof NoSuchFileException;
    }

    /** Whether it makes sense to try again. */
    static boolean isTransient(Exception failure) {
        return (failure instanceof IOException || failure instanceof UncheckedIOException)
                && !isOfUnknownScheme(failure)
                && !isNotFound(failure)
                && !isDenied(failure);
    }

    static UnreadableFileException permanent(Path path, long position, Exception failure) {
        return new UnreadableFileException(
                subject(path, position) + failure + ". " + remedy(failure), failure);
    }

    static UnreadableFileException gaveUp(
            Path path, long position, int attempts, Duration deadline, Exception failure) {
        return new UnreadableFileException(
                subject(path, position)
                        + failure
                        + ". Gave up after "
                        + attempts
                        + (attempts == 1 ? " attempt" : " attempts")
                        + " because retries may last "
                        + deadline
                        + ". Look at the file system, or allow more time for retries.",
                failure);
    }

    static UnreadableFileException directory(Path path) {
        return new UnreadableFileException(
                "The path "
                        + MaskedText.of(path.toString())
                        + " is a directory, which cannot be read as a file. Give a file.",
                null);
    }

    private static String subject(Path path, long position) {
        return "The file "
                + MaskedText.of(path.toString())
                + " cannot be read at byte "
                + position
                + ": ";
    }

    private static String remedy(Exception failure) {
        if (isOfUnknownScheme(failure)) {
            return "Put the plugin of that file system into the directory 'plugins' of the cluster,"
                    + " or correct the path.";
        }
        if (isDenied(failure)) {
            return "Let the user or role that the task managers run as read this file.";
        }
        return "Trying again would not help; correct the path, or the configuration of the file"
                + " system.";
    }

    /**
     * Whether a permission is missing, which does not come by itself; also where others have
     * wrapped it.
     */
    public static boolean isDeniedBelow(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Exception exception && isDenied(exception)) {
                return true;
            }
        }
        return false;
    }

    /** By its name, because Flink does not promise to keep the class. */
    private static boolean isOfUnknownScheme(Exception failure) {
        return failure.getClass().getSimpleName().equals("UnsupportedFileSystemSchemeException");
    }

    /** Local streams say that they were denied with the exception for files that are not there. */
    private static boolean isDenied(Exception failure) {
        return failure instanceof AccessDeniedException
                || failure instanceof SecurityException
                || failure.getClass().getSimpleName().equals("AccessControlException")
                || (failure instanceof FileNotFoundException
                        && String.valueOf(failure.getMessage()).contains("Permission denied"));
    }
}
