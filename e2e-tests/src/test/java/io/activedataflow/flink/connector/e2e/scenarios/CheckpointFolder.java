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

package io.activedataflow.flink.connector.e2e.scenarios;

import org.apache.flink.util.FileUtils;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder whose place a plain file takes for a while. Whoever writes to the folder meanwhile may
 * make it anew between two steps; what is written there is lost, as it would be a moment later.
 */
record CheckpointFolder(Path folder) {

    private static final int ATTEMPTS = 100;

    void takeAway() {
        try {
            Files.move(folder, aside());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot move " + folder, e);
        }
        inItsPlace(() -> Files.createFile(folder));
    }

    void bringBack() {
        inItsPlace(
                () -> {
                    Files.deleteIfExists(folder);
                    Files.move(aside(), folder);
                });
    }

    private Path aside() {
        return folder.resolveSibling(folder.getFileName() + "-taken-away");
    }

    private void inItsPlace(Step step) {
        try {
            for (int n = 1; ; n++) {
                try {
                    step.run();
                    return;
                } catch (FileSystemException e) {
                    if (n == ATTEMPTS || !Files.isDirectory(folder)) {
                        throw e;
                    }
                    FileUtils.deleteDirectory(folder.toFile());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot put anything in the place of " + folder, e);
        }
    }

    /** A step that may have to be taken again. */
    @FunctionalInterface
    private interface Step {

        void run() throws IOException;
    }
}
