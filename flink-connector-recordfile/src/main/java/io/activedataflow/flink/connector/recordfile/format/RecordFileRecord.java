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

package io.activedataflow.flink.connector.recordfile.format;

import org.apache.flink.annotation.PublicEvolving;

import javax.annotation.Nullable;

import java.util.List;
import java.util.Map;

/**
 * A view of one record of a file, and of where it stands.
 *
 * <p>The view, and the array behind {@link #buffer}, are valid only during the call they are passed
 * to: whatever is to outlive it must be copied, as {@link #bytes} does.
 */
@PublicEvolving
public interface RecordFileRecord {

    /** The array that the record lies in; not to be modified, not to be kept. Text is UTF-8. */
    byte[] buffer();

    /** Where the record begins in {@link #buffer}. */
    int from();

    /** Where the record ends in {@link #buffer}, without its line break or delimiter. */
    int to();

    /** A copy of the record without its line break or delimiter; text is UTF-8. */
    byte[] bytes();

    /** The path of the file. */
    String path();

    /**
     * Where the record begins in the file, in bytes; in the decompressed content if the file is
     * compressed.
     */
    long offset();

    /** How many bytes the record takes in the (decompressed) file, with what ends it. */
    long length();

    /** The line that the record begins in, counted from 1; -1 if it is not known. */
    long line();

    /** The number of the record in its file, counted from 1; -1 if it is not known. */
    long recordNumber();

    /** When the file was last modified, in milliseconds since the epoch. */
    long modificationTime();

    /** Parts of the path by name, as the source's template finds them; empty without a template. */
    Map<String, String> pathParts();

    /**
     * The names of the columns as the file's header gives them, or null if it has none. The same
     * list for all records of a split.
     */
    @Nullable
    List<String> header();

    /** How many fields the framing has found in the record; 0 if it does not look for fields. */
    int fieldCount();

    /** Where a field begins in {@link #buffer}; without an opening quote. */
    int fieldFrom(int field);

    /** Where a field ends in {@link #buffer}; without a closing quote. */
    int fieldTo(int field);

    /** What the framing has noted about a field, see {@link RecordBlock#addField}. */
    int fieldFlags(int field);
}
