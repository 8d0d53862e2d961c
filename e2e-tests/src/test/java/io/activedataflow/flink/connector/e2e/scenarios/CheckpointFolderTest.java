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

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(10)
class CheckpointFolderTest {

    @TempDir private Path temporary;
    private Path folder;
    private CheckpointFolder checkpoints;

    @BeforeEach
    void create() throws IOException {
        folder = temporary.resolve("checkpoints");
        checkpoints = new CheckpointFolder(folder);
        Files.createDirectories(folder.resolve("job/chk-1"));
    }

    @Test
    void nothingCanBeWrittenMeanwhile() {
        checkpoints.takeAway();

        assertThat(folder).isRegularFile();
        assertThatThrownBy(() -> Files.createDirectories(folder.resolve("job/chk-2")))
                .isInstanceOf(IOException.class);

        checkpoints.bringBack();
        assertThat(folder.resolve("job/chk-1")).isDirectory();
        assertThat(temporary).isDirectoryContaining(path -> path.equals(folder));
    }

    @Test
    void whatWasMadeInItsPlaceMakesRoom() throws IOException {
        checkpoints.takeAway();
        Files.delete(folder);
        Files.createDirectories(folder.resolve("job/chk-2"));

        checkpoints.bringBack();

        assertThat(folder.resolve("job/chk-1")).isDirectory();
        assertThat(folder.resolve("job/chk-2")).doesNotExist();
    }

    @Test
    void folderThatIsNotThereCannotBeTakenAway() throws IOException {
        CheckpointFolder missing = new CheckpointFolder(temporary.resolve("missing"));

        assertThatThrownBy(missing::takeAway).hasMessageContaining("missing");
    }
}
