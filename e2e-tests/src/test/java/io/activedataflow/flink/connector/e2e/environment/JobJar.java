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

package io.activedataflow.flink.connector.e2e.environment;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Packs a small job of a test as users do theirs. */
final class JobJar {

    private JobJar() {}

    /** Writes a jar with the class and those that are nested in it. */
    static Path write(Path jar, Class<?> job) throws IOException {
        Path root = rootOf(job);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : classFiles(root, job)) {
                out.putNextEntry(new JarEntry(root.relativize(file).toString().replace('\\', '/')));
                try (InputStream in = Files.newInputStream(file)) {
                    in.transferTo(out);
                }
            }
        }
        return jar;
    }

    private static List<Path> classFiles(Path root, Class<?> job) throws IOException {
        Path folder = root.resolve(job.getPackageName().replace('.', '/'));
        String name = job.getSimpleName();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> {
                                String found = file.getFileName().toString();
                                return found.equals(name + ".class")
                                        || found.startsWith(name + '$');
                            })
                    .toList();
        }
    }

    private static Path rootOf(Class<?> job) throws IOException {
        try {
            return Path.of(job.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
