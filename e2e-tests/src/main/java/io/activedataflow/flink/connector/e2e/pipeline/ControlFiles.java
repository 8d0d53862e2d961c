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

package io.activedataflow.flink.connector.e2e.pipeline;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files of a directory that all processes see, by which a running job is told what to do.
 *
 * @param directory where they are
 */
public record ControlFiles(String directory) implements Serializable {

    /** Slows the sink down from now on. */
    public void slowDown() throws IOException {
        create("slow");
    }

    /** Lets the sink be as fast as it can again. */
    public void speedUp() throws IOException {
        Files.deleteIfExists(file("slow"));
    }

    /** Makes one subtask fail, once. */
    public void failOnce() throws IOException {
        create("fail");
    }

    /** Whether a failure that was asked for is still to come. */
    public boolean isFailurePending() {
        return Files.exists(file("fail"));
    }

    boolean isSlow() {
        return Files.exists(file("slow"));
    }

    /** True for one caller if a failure was asked for. */
    boolean takeFailure() throws IOException {
        return Files.deleteIfExists(file("fail"));
    }

    private void create(String name) throws IOException {
        Files.createDirectories(Path.of(directory));
        if (!Files.exists(file(name))) {
            Files.createFile(file(name));
        }
    }

    private Path file(String name) {
        return Path.of(directory, name);
    }
}
