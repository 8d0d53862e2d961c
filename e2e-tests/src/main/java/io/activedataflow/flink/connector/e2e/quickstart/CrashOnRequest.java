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

package io.activedataflow.flink.connector.e2e.quickstart;

import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Throws as soon as a checkpoint has completed, if a file asks for it, and deletes the file.
 * Records that were handled since the checkpoint began have to be read again; those before it must
 * not be.
 */
final class CrashOnRequest<T> extends RichMapFunction<T, T> implements CheckpointListener {

    private static final long serialVersionUID = 1L;

    private final String requestFile;

    CrashOnRequest(String requestFile) {
        this.requestFile = requestFile;
    }

    @Override
    public T map(T element) {
        return element;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws IOException {
        if (Files.deleteIfExists(Path.of(requestFile))) {
            throw new IllegalStateException("This job crashes on purpose, as the plan has it.");
        }
    }
}
